import { boundedList, readAsOfQuery, readPageQuery, wireScorecardOf } from '@writ/contract'
import type { AppParts } from '../parts.ts'
import { jsonReply, type Route } from '../route.ts'

export function scorecardRoutes({ readScorecard, listScorecards }: AppParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/scorecards',
      takesQuery: true,
      answer: async ({ caller, query }) => {
        const { limit } = readPageQuery(query)
        const cards = await listScorecards(caller, limit + 1)
        return jsonReply(200, boundedList(cards.map(wireScorecardOf), limit))
      },
    },
    {
      method: 'GET',
      path: '/v1/scorecards/:entity',
      takesQuery: true,
      answer: async ({ caller, param, query }) => {
        const card = await readScorecard(caller, param('entity'), readAsOfQuery(query))
        return jsonReply(200, wireScorecardOf(card))
      },
    },
  ]
}
