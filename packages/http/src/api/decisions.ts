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
import type { Caller } from '@writ/service'
import { readCursor, writeCursor } from '../cursor.ts'
import type { AppParts } from '../parts.ts'
import { jsonReply, jsonText, type Route } from '../route.ts'
import { recordReply } from './records.ts'

export function decisionRoutes(parts: AppParts): readonly Route[] {
  const { awaitProof, decide, readAnswer, readDecision } = parts
  return [
    {
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
    },
    {
      method: 'GET',
      path: '/v1/decisions',
      takesQuery: true,
      answer: async ({ caller, query }) =>
        jsonReply(200, await listDecisions(parts, caller, readDecisionsQuery(query))),
    },
    {
      method: 'GET',
      path: '/v1/decisions/:id',
      answer: async ({ caller, param }) =>
        jsonText(200, (await readAnswer(caller, param('id'))).text),
    },
    {
      method: 'GET',
      path: '/v1/decisions/:id/record',
      answer: async ({ caller, param }) => {
        return recordReply(parts, caller, await readDecision(caller, param('id')))
      },
    },
  ]
}

/** One page of a list of decisions, for the API and for the page alike. */
export async function listDecisions(
  { listRecords, cursorKey }: Pick<AppParts, 'listRecords' | 'cursorKey'>,
  caller: Caller,
  { filter, limit, cursor }: DecisionsQuery,
): Promise<WireDecisionList> {
  const scope = { caller, filter }
  const before = cursor === null ? null : readCursor(cursorKey, scope, cursor)
  const { entries, next, completeThrough } = await listRecords(caller, {
    filter: { ...filter, type: 'decision' },
    before,
    limit,
  })
  return {
    items: entries.map(decisionItemOf),
    next_cursor: next === null ? null : writeCursor(cursorKey, scope, next),
    complete_through: completeThrough,
  }
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
