import { toBase64 } from '@writ/ledger'
import { checkLedger, type CheckedLedger } from '@writ/service'
import { createProgress } from '../check/progress.ts'
import type { Desk } from '../desk.ts'
import { counted } from '../output/plain.ts'
import { openWhole, type Where } from './open-source.ts'
import { amissIn, type Source } from './source.ts'
import { signersOf, trustOf, type Trust } from './trust.ts'
import { tell, type Facts, type Verdict, type VerdictFormat } from './verdict.ts'

export type FsckOptions = Omit<Where, 'folder'> & VerdictFormat & { readonly policy?: string }

/** Checks a whole ledger: every entry, tile and record, and that nothing is there twice, is missing, or does not belong. */
export async function fsck(
  folder: string | undefined,
  options: FsckOptions,
  desk: Desk,
): Promise<number> {
  const source = await openWhole({ ...options, folder }, desk)
  try {
    const trust = await trustOf(options.policy, source, desk)
    return tell(await verdictOn(source, trust, desk), options, desk)
  } finally {
    await source.close()
  }
}

/** What a check of the whole of it comes to. */
export async function verdictOn(source: Source, trust: Trust, desk: Desk): Promise<Verdict> {
  const progress = createProgress(desk)
  const checked = await checkLedger({
    reader: source.reader,
    policy: trust.policy,
    expects: source.expects,
    onProgress: (leaves) => progress.show(`${counted(leaves, 'entry', 'entries')} checked`),
  })
  progress.clear()
  if (checked.status !== 'verified') return amissIn(source, checked)
  const amiss = await source.amissBeside(checked)
  if (amiss !== null) return amissIn(source, amiss)
  return soundnessOf(source, { checked, trust, more: await source.facts() })
}

type Sound = { readonly checked: CheckedLedger; readonly trust: Trust; readonly more: Facts }

function soundnessOf({ name }: Source, { checked, trust: { words }, more }: Sound): Verdict {
  const { checkpoint, records } = checked
  const entries = counted(checkpoint.size, 'entry', 'entries')
  return {
    status: 'verified',
    what: `${entries} and ${counted(records, 'record')} of ${name}`,
    facts: {
      log: checkpoint.origin,
      size: checkpoint.size,
      root: toBase64(checkpoint.root),
      records,
      ...more,
      signed_by: signersOf(checked),
      trusted: words,
    },
  }
}
