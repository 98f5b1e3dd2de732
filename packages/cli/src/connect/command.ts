import { once } from 'node:events'
import { createServer } from 'node:http'
import { accessIn, regionIn, type Access } from '@writ/aws'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { createGateway } from './gateway.ts'

export type ConnectOptions = { readonly port: number; readonly timeout: number }

/** Passes on what it is asked until it is told to end. */
export async function connect(
  address: string,
  { port, timeout }: ConnectOptions,
  desk: Desk,
): Promise<number> {
  const access = accessTo(address, desk.env)
  const server = createServer(createGateway(access, { timeoutMilliseconds: timeout * 1000 }))
  server.listen({ port, host: '127.0.0.1' })
  try {
    await once(server, 'listening')
  } catch (cause) {
    const message = `Port ${port} cannot be listened on: take another by --port`
    throw new Fault('start-refused', message, { cause })
  }
  desk.out(
    `http://127.0.0.1:${portOf(server.address())} is ${access.endpoint.origin}, signed by ${access.credentials.accessKeyId}. Ctrl-C ends it.\n`,
  )
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  server.close()
  server.closeAllConnections()
  return exitCodes.allowed
}

/** The region is in the address that AWS gives; one of your own takes it from the environment. */
function accessTo(address: string, env: Desk['env']): Access<'execute-api'> {
  const endpoint = URL.parse(address)
  const isPlain = endpoint?.protocol === 'http:' && endpoint.hostname === '127.0.0.1'
  if (
    endpoint === null ||
    !(endpoint.protocol === 'https:' || isPlain) ||
    endpoint.pathname !== '/'
  )
    throw new Fault(
      'request-invalid',
      `${address} is not an address like https://abc123.execute-api.eu-west-1.amazonaws.com`,
    )
  const named = regionIn(endpoint.hostname)
  const region = named === null ? {} : { AWS_REGION: named }
  return { ...accessIn('execute-api', { ...env, ...region }), endpoint }
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
