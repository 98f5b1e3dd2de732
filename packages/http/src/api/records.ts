import { wireRecordOf } from '@writ/contract'
import { commitmentOf, type Entry } from '@writ/ledger'
import type { AppParts } from '../parts.ts'
import { jsonReply, type Reply, type Route } from '../route.ts'

export function recordRoutes({ readRecord }: AppParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/records/:id',
      answer: async ({ caller, param }) => recordReply(await readRecord(caller, param('id'))),
    },
  ]
}

export function recordReply(entry: Entry): Reply {
  return jsonReply(200, wireRecordOf(entry, commitmentOf(entry.body.salt, entry.body.content)))
}
