import { readErasing, readErasureBody, wireErasureOf, wireRecordOf } from '@writ/contract'
import { commitmentOf, type Entry } from '@writ/ledger'
import type { Caller } from '@writ/service'
import type { AppParts } from '../parts.ts'
import { jsonReply, type Reply, type Route } from '../route.ts'

export function eraseRoute({ erase }: Pick<AppParts, 'erase'>): Route {
  return {
    method: 'POST',
    path: '/v1/records/:id/erase',
    answer: async ({ caller, param, json }) => {
      const { reason } = readErasing(await json())
      const erasure = await erase(caller, { id: param('id'), reason })
      return jsonReply(201, wireErasureOf(erasure, readErasureBody(erasure.body.content)))
    },
  }
}

export function recordRoutes(parts: AppParts): readonly Route[] {
  const { readRecord, readProof } = parts
  return [
    {
      method: 'GET',
      path: '/v1/records/:id',
      answer: async ({ reader, param }) =>
        recordReply(parts, reader, await readRecord(reader, param('id'))),
    },
    eraseRoute(parts),
    {
      method: 'GET',
      path: '/v1/records/:id/proof',
      answer: async ({ caller, param }) => ({
        status: 200,
        type: 'text/plain; charset=utf-8',
        body: await readProof(caller, param('id')),
      }),
    },
  ]
}

export async function recordReply(
  { readSeal }: Pick<AppParts, 'readSeal'>,
  caller: Caller,
  entry: Entry,
): Promise<Reply> {
  const seal = await readSeal(caller, entry.id)
  const { salt, content } = entry.body
  return jsonReply(200, wireRecordOf({ ...entry, seal }, commitmentOf(salt, content)))
}
