import { writeVerifierKey } from '@writ/ledger'
import type { AppParts } from '../parts.ts'
import { jsonReply, type Route } from '../route.ts'

/** The log in the layout of C2SP tlog-tiles: anybody's client of such a log reads it under `/log/`. */
export function logRoutes({ readLogFile, keys }: AppParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/keys',
      answer: async () => {
        const { log, receipts } = keys()
        return jsonReply(200, {
          log: log === null ? null : writeVerifierKey(log),
          receipts: writeVerifierKey(receipts),
        })
      },
    },
    {
      method: 'GET',
      path: '/log/checkpoint',
      answer: async () => ({
        status: 200,
        type: 'text/plain; charset=utf-8',
        body: await readLogFile('checkpoint'),
      }),
    },
    {
      method: 'GET',
      path: '/log/tile/:path{.+}',
      answer: async ({ param }) => ({
        status: 200,
        type: 'application/octet-stream',
        body: await readLogFile(`tile/${param('path')}`),
        headers: { 'cache-control': 'private, max-age=31536000, immutable' },
      }),
    },
  ]
}
