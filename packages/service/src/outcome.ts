import { writeBody, type OutcomeReport } from '@writ/contract'
import { canonicalText, digestOf, keyedId, sealable, timedId, type Entry } from '@writ/ledger'
import { outcomeFacets } from './facets.ts'
import type { Caller, Records, Sources } from './ports.ts'
import { standing } from './record.ts'

/** Records what came of a decision. The entry that stands is given back: a retry with the same key is the same report. */
export type RecordOutcome = (
  caller: Caller,
  report: OutcomeReport,
  idempotencyKey: string | null,
) => Promise<Entry>

export function createRecordOutcome({
  records,
  now,
  random,
}: Sources & { readonly records: Pick<Records, 'append'> }): RecordOutcome {
  return async (caller, report, key) => {
    const at = now()
    const { tenant, principal } = caller
    const id =
      key === null
        ? timedId('out', at.getTime(), random(10))
        : keyedId('out', { tenant, principal, key })
    const { service, environment } = report
    const requestDigest = digestOf(canonicalText(report))
    const entry = sealable({
      tenant,
      id,
      at: at.toISOString(),
      type: 'outcome',
      requestDigest,
      facets: outcomeFacets(report, principal),
      statement: { event: report.type, service, environment, artifact: report.artifact.digest },
      body: {
        salt: random(32),
        content: writeBody({ caller: { principal, roles: caller.roles }, report }),
      },
    })
    return standing(await records.append(entry), requestDigest)
  }
}
