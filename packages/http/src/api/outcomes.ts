import { readOutcomeReport, wireOutcomeOf } from '@writ/contract'
import type { AppParts } from '../parts.ts'
import { jsonReply, type Route } from '../route.ts'
import { readIdempotencyKey } from './decisions.ts'

export function outcomeRoute({ recordOutcome }: Pick<AppParts, 'recordOutcome'>): Route {
  return {
    method: 'POST',
    path: '/v1/outcomes',
    answer: async ({ caller, header, json }) => {
      const key = readIdempotencyKey(header('idempotency-key'))
      const report = readOutcomeReport(await json())
      return jsonReply(201, wireOutcomeOf(await recordOutcome(caller, report, key), report))
    },
  }
}
