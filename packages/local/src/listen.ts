import { createAdaptorServer } from '@hono/node-server'
import { Fault } from '@writ/domain'
import type { AddressInfo } from 'node:net'
import { isSystemError } from './kept-file.ts'

export type Listening = {
  readonly port: number
  /** Takes no new request; resolves when those that are being answered are, or when their time is over. */
  readonly close: () => Promise<void>
}

/** How long requests that are being answered may hold up the end. */
const graceMilliseconds = 10_000

/** Listens on the loopback interface only: nobody is authenticated yet. */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<Listening> {
  const server = createAdaptorServer({ fetch })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(port, cause)))
    server.listen({ port, host: '127.0.0.1' }, resolve)
  })
  const address = server.address()
  return {
    port: isAddress(address) ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        const giveUp = setTimeout(() => {
          if ('closeAllConnections' in server) server.closeAllConnections()
        }, graceMilliseconds)
        server.close(() => {
          clearTimeout(giveUp)
          resolve()
        })
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      }),
  }
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

function cannotListen(port: number, cause: unknown): Fault {
  if (isSystemError(cause, 'EADDRINUSE'))
    return new Fault(
      'start-refused',
      `Port ${port} is taken, perhaps by a Writ that is running already. Stop that, or take another: npm start -- --port ${port + 1}`,
      { cause },
    )
  return new Fault(
    'start-refused',
    `Writ cannot listen on port ${port}. Take another: npm start -- --port 7171`,
    { cause },
  )
}
