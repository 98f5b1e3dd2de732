import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { readProofFile } from '@writ/ledger'
import { refutedBy } from '@writ/service'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { plainLine } from '../output/plain.ts'
import { openSource, type Where } from './open-source.ts'
import type { Source } from './source.ts'

export type ProveOptions = Where & { readonly output?: string }

/** Writes a record and its proof to two files, which are all that anybody needs to check them. */
export async function prove(id: string, options: ProveOptions, desk: Desk): Promise<number> {
  const source = await openSource(options, desk)
  try {
    const proved = await source.prove(id)
    if (proved === null)
      throw new Fault(
        'record-unknown',
        `${source.name} has no record ${id} in its log; a new one takes seconds to get there`,
        {
          facts: { id },
        },
      )
    const record = `${JSON.stringify(proved.record, null, 2)}\n`
    refuseFalse(
      proved.record.id === id
        ? refutedBy({ record, proof: proved.proof })
        : `it gave ${proved.record.id}`,
      source,
    )
    const target = options.output ?? `${id}.tlog-proof`
    const beside = `${target.replace(/\.tlog-proof$/, '')}.json`
    writeNew(target, proved.proof, desk)
    writeNew(beside, record, desk)
    const { index } = readProofFile(proved.proof)
    desk.out(`Wrote the proof that ${plainLine(id)} is at index ${index} of the log\n`)
    const check = `writ audit verify ${target} --record ${beside} --policy trust.policy`
    desk.out(`  check it with  ${plainLine(check)}\n`)
    return auditCodes.verified
  } finally {
    await source.close()
  }
}

/** What would not be verified is not handed out as a proof. */
function refuseFalse(reason: string | null, { name }: Source): void {
  if (reason === null) return
  throw new Fault(
    'log-malformed',
    `${name} cannot prove it: ${reason}. Check the whole of it: writ audit fsck`,
  )
}

function writeNew(name: string, text: string, { cwd }: Desk): void {
  const path = resolve(cwd, name)
  if (existsSync(path))
    throw new Fault('request-invalid', `${name} exists: name another file, or remove it`)
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
}
