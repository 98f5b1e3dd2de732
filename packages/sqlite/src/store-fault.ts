import { Fault } from '@writ/domain'

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that say more than "it failed". */
const codes = {
  tooBig: 18,
  constraint: 19,
  mismatch: 20,
  busy: 5,
  readonly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

const words: Readonly<Record<number, string>> = {
  [codes.busy]: 'The store is locked by another process',
  [codes.readonly]: 'The store cannot be written: its file is read-only',
  [codes.ioError]: 'The store cannot be read or written: the disk reported an error',
  [codes.corrupt]: 'The store is damaged',
  [codes.full]: 'The store is full: there is no space left for it',
  [codes.cannotOpen]:
    'The store cannot be opened: its folder or file is missing or closed to this user',
  [codes.notADatabase]: 'The store is damaged: it no longer reads as a database',
  [codes.tooBig]: 'The store cannot take an entry of this size',
}

/** Whatever SQLite threw, as a Fault that says what is wrong with the store. */
export function storeFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  const message = words[codeOf(thrown) ?? -1] ?? 'The store failed'
  return new Fault('records-unavailable', message, { cause: thrown })
}

/** True when another process has what was asked for. */
export function isBusy(thrown: unknown): boolean {
  return codeOf(thrown) === codes.busy
}

/** What was thrown when the store was first opened: nobody waits for it to come back, somebody must name another file. */
export function openingFault(path: string, thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  const code = codeOf(thrown)
  if (code === codes.busy || code === codes.full) return storeFault(thrown)
  if (code === codes.notADatabase) return notADatabase(path, thrown)
  return new Fault(
    'store-unreadable',
    `The store ${path} cannot be opened: its folder must exist, and this user must be able to write both`,
    { cause: thrown },
  )
}

export function notADatabase(path: string, cause?: unknown): Fault {
  return new Fault('store-unreadable', `${path} is not a database; name another file`, { cause })
}

/** After these it is not known what reached the disk. */
export function leavesUnknownState(thrown: unknown): boolean {
  const unknown: readonly (number | null)[] = [
    codes.ioError,
    codes.corrupt,
    codes.cannotOpen,
    codes.notADatabase,
  ]
  return unknown.includes(codeOf(thrown))
}

/** True when what failed is what one work asked for, not the store. */
export function isOfOneWork(thrown: unknown): boolean {
  const cause = thrown instanceof Fault ? thrown.cause : thrown
  const code = codeOf(cause)
  if (code === null) return !(thrown instanceof Fault) || cause !== undefined
  return code === codes.constraint || code === codes.mismatch || code === codes.tooBig
}

function codeOf(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return null
  return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : null
}
