import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Store } from '@writ/sqlite'
import { aHouse } from '../http/house.ts'

export type Served = { readonly url: string; readonly close: () => Promise<void> }

/** A store behind Writ's own doors, over a real socket; whoever asks is who they say they are. */
export async function served(
  store: Store,
  parts: Parameters<typeof aHouse>[0] = {},
): Promise<Served> {
  const house = aHouse({
    ...parts,
    store,
    isOurHost: () => true,
    authenticate: (request) => ({
      tenant: request.headers.get('writ-tenant') ?? 'acme',
      principal: 'auditor',
      roles: [],
    }),
  })
  const server = serve({ fetch: house.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
