import {
  decisionItemOf,
  readDecideQuery,
  readDecisionRequest,
  readDecisionsQuery,
  type DecisionsQuery,
  type WireDecisionList,
} from '@writ/contract'
import { Fault } from '@writ/domain'
import { withMember } from '@writ/ledger'
import type { Reader } from '@writ/service'
import type { AppParts } from '../parts.ts'
import { jsonReply, jsonText, type Route } from '../route.ts'
import { listPage } from './list.ts'
import { recordReply } from './records.ts'

export function decideRoute({
  awaitProof,
  decide,
}: Pick<AppParts, 'awaitProof' | 'decide'>): Route {
  return {
    method: 'POST',
    path: '/v1/decisions',
    takesQuery: true,
    answer: async ({ caller, header, json, query }) => {
      const { waitsForSeal } = readDecideQuery(query)
      const key = readIdempotencyKey(header('idempotency-key'))
      const { id, text } = await decide(caller, readDecisionRequest(await json()), key)
      const reply = waitsForSeal ? withMember(text, 'proof', await awaitProof(caller, id)) : text
      return jsonText(200, reply, { location: `/v1/decisions/${id}` })
    },
  }
}

export function decisionRoutes(parts: AppParts): readonly Route[] {
  const { readAnswer, readDecision } = parts
  return [
    decideRoute(parts),
    {
      method: 'GET',
      path: '/v1/decisions',
      takesQuery: true,
      answer: async ({ reader, query }) =>
        jsonReply(200, await listDecisions(parts, reader, readDecisionsQuery(query))),
    },
    {
      method: 'GET',
      path: '/v1/decisions/:id',
      answer: async ({ reader, param }) =>
        jsonText(200, (await readAnswer(reader, param('id'))).text),
    },
    {
      method: 'GET',
      path: '/v1/decisions/:id/record',
      answer: async ({ reader, param }) =>
        recordReply(parts, reader, await readDecision(reader, param('id'))),
    },
  ]
}

/** One page of a list of decisions, for the API and for the page alike. */
export async function listDecisions(
  parts: AppParts,
  reader: Reader,
  { filter, ...asked }: DecisionsQuery,
): Promise<WireDecisionList> {
  const page = await listPage(parts, reader, { ...asked, filter: { ...filter, type: 'decision' } })
  const { entries, ...rest } = page
  return { items: entries.map(decisionItemOf), ...rest }
}

/** The key of an attempt, null when none was sent. It becomes an id, so that it is bounded and can be printed. */
export function readIdempotencyKey(sent: string | null): string | null {
  if (sent === null || /^[\x21-\x7e]{1,255}$/.test(sent)) return sent
  throw new Fault('request-invalid', 'The Idempotency-Key cannot be used', {
    facts: {
      issues: [
        {
          pointer: '/headers/idempotency-key',
          message: 'must be 1 to 255 visible ASCII characters without spaces',
        },
      ],
    },
  })
}
