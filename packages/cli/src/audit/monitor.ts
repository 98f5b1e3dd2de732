import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { toBase64 } from '@writ/ledger'
import {
  checkReceipt,
  followLog,
  type Followed,
  type SignedReceipt,
  type Unverified,
} from '@writ/service'
import type { Desk } from '../desk.ts'
import { counted } from '../output/plain.ts'
import { openSource, type Where } from './open-source.ts'
import { followedKeys, promisesIn } from './receipt.ts'
import type { Source } from './source.ts'
import { signersOf, textIn, trustOf, type Trust } from './trust.ts'
import { tell, type Facts, type Verdict, type VerdictFormat } from './verdict.ts'

export type MonitorOptions = Where &
  VerdictFormat & {
    readonly state: string
    readonly policy?: string
    readonly receipts?: string
    readonly key?: string
  }

/** Sees that a log only grew since it was seen last, and kept its promises; keeps what it saw for the next time. */
export async function monitor(options: MonitorOptions, desk: Desk): Promise<number> {
  const source = await openSource(options, desk)
  const kept = resolve(desk.cwd, options.state)
  try {
    const trust = await trustOf(options.policy, source, desk)
    const last = existsSync(kept) ? readFileSync(kept, 'utf8') : null
    const followed = await followLog({ reader: source.reader, policy: trust.policy, last })
    if (followed.status !== 'verified') return tell(failureOf(followed), options, desk)
    keep(kept, followed.note, desk)
    const promises = await promisesOf(options, source, desk)
    const verdict = 'facts' in promises ? soundnessOf(followed, trust, promises.facts) : promises
    return tell(verdict, options, desk)
  } finally {
    await source.close()
  }
}

/** The file is whole or not at all: a monitor that forgets would take a fork for a first meeting. */
function keep(path: string, note: string, { newKey }: Desk): void {
  const draft = `${path}.${newKey()}`
  writeFileSync(draft, note, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(draft, path)
}

function failureOf(followed: Exclude<Followed, { readonly status: 'verified' }>): Unverified {
  if (followed.status === 'unproven') return followed
  const { status, reason, notes } = followed
  const [signed = '', found = reason] = notes
  return { status, reason, signed, found }
}

/** What became of the receipts of a folder; nothing where none is named. */
async function promisesOf(
  { receipts: folder, key, policy }: MonitorOptions,
  source: Source,
  desk: Desk,
): Promise<{ readonly facts: Facts } | Unverified> {
  if (folder === undefined) return { facts: {} }
  if (key === undefined)
    throw new Fault('request-invalid', '--receipts needs the key that signed them: --key FILE')
  const keys = await followedKeys(key, source, { policy, desk })
  const receipts: SignedReceipt[] = []
  for (const name of readdirSync(resolve(desk.cwd, folder)).toSorted()) {
    const checked = checkReceipt(await textIn(join(folder, name), desk), keys)
    if (checked.status !== 'verified') return { ...checked, reason: `${name}: ${checked.reason}` }
    receipts.push(checked)
  }
  return promisesIn(source, { receipts, policy, desk })
}

function soundnessOf(
  followed: Extract<Followed, { readonly status: 'verified' }>,
  { words }: Trust,
  promises: Facts,
): Verdict {
  const { checkpoint, grown } = followed
  const since =
    grown === null
      ? 'seen for the first time'
      : `${counted(grown, 'entry', 'entries')} more than before`
  return {
    status: 'verified',
    what: `${counted(checkpoint.size, 'entry', 'entries')} of ${checkpoint.origin}, ${since}`,
    facts: {
      log: checkpoint.origin,
      size: checkpoint.size,
      root: toBase64(checkpoint.root),
      signed_by: signersOf(followed),
      trusted: words,
      ...promises,
    },
  }
}
