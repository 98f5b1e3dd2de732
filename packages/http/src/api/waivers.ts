import { boundedList, readPageQuery, readWaiverGrant, wireWaiverOf } from '@writ/contract'
import type { AppParts } from '../parts.ts'
import { jsonReply, type Route } from '../route.ts'

/** Those that change a waiver. */
export function grantRoutes({
  grantWaiver,
  revokeWaiver,
}: Pick<AppParts, 'grantWaiver' | 'revokeWaiver'>): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/waivers',
      answer: async ({ caller, json }) =>
        jsonReply(201, wireWaiverOf(await grantWaiver(caller, readWaiverGrant(await json())))),
    },
    {
      method: 'POST',
      path: '/v1/waivers/:id/revoke',
      answer: async ({ caller, param }) =>
        jsonReply(200, wireWaiverOf(await revokeWaiver(caller, param('id')))),
    },
  ]
}

export function waiverRoutes(parts: AppParts): readonly Route[] {
  const { listWaivers } = parts
  return [
    ...grantRoutes(parts),
    {
      method: 'GET',
      path: '/v1/waivers',
      takesQuery: true,
      answer: async ({ reader, query }) => {
        const { limit } = readPageQuery(query)
        const waivers = await listWaivers(reader, limit)
        return jsonReply(200, boundedList(waivers.map(wireWaiverOf), limit))
      },
    },
  ]
}
