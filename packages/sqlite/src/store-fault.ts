import { Fault } from '@writ/domain'

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that say more than "it failed". */
const codes = {
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
}

/** Whatever SQLite threw, as a Fault that says what is wrong with the store. */
export function storeFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  const code = codeOf(thrown)
  if (code === codes.notADatabase)
    return new Fault('store-unreadable', 'The file is not a database; name another one', {
      cause: thrown,
    })
  return new Fault('records-unavailable', words[code ?? -1] ?? 'The store failed', {
    cause: thrown,
  })
}

/** After these it is not known what reached the disk. */
export function leavesUnknownState(thrown: unknown): boolean {
  const code = codeOf(thrown)
  return code === codes.ioError || code === codes.corrupt || code === codes.cannotOpen
}

function codeOf(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return null
  return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : null
}
