import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { toBase64 } from '@writ/ledger'
import { followLog, type Followed } from '@writ/service'
import type { Desk } from '../desk.ts'
import { counted } from '../output/plain.ts'
import { openSource, type Where } from './open-source.ts'
import { signersOf, trustOf, type Trust } from './trust.ts'
import { tell, type Verdict, type VerdictFormat } from './verdict.ts'

export type MonitorOptions = Omit<Where, 'folder'> &
  VerdictFormat & { readonly folder?: string; readonly state: string; readonly policy?: string }

/** Sees that a log only grew since it was seen last, and keeps what it saw for the next time. */
export async function monitor(options: MonitorOptions, desk: Desk): Promise<number> {
  const source = await openSource(options, desk)
  const kept = resolve(desk.cwd, options.state)
  try {
    const trust = await trustOf(options.policy, source, desk)
    const last = existsSync(kept) ? readFileSync(kept, 'utf8') : null
    const followed = await followLog({ reader: source.reader, policy: trust.policy, last })
    if (followed.status === 'verified') keep(kept, followed.note, desk)
    return tell(verdictOn(followed, trust), options, desk)
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

function verdictOn(followed: Followed, { words }: Trust): Verdict {
  if (followed.status === 'unproven') return followed
  if (followed.status === 'refuted') {
    const [signed = '', other] = followed.notes
    return { status: 'refuted', signed, found: other ?? followed.reason, reason: followed.reason }
  }
  const { checkpoint, grown } = followed
  const since = grown === null ? 'seen for the first time' : `${counted(grown, 'entry', 'entries')} more than before` // prettier-ignore
  return {
    status: 'verified',
    what: `${counted(checkpoint.size, 'entry', 'entries')} of ${checkpoint.origin}, ${since}`,
    facts: {
      log: checkpoint.origin,
      size: checkpoint.size,
      root: toBase64(checkpoint.root),
      signed_by: signersOf(followed),
      trusted: words,
    },
  }
}
