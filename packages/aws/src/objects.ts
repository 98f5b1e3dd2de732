import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@writ/domain'
import type { Access } from './access.ts'
import { signed } from './signed.ts'

/** Gives an object of a bucket by its key, of which no character needs an escape; null where there is none. */
export type ReadObject = (key: string) => Promise<Uint8Array | null>

const attempts = 3
const attemptMilliseconds = 2000
const pauseMilliseconds = 100

/** Reads a bucket in S3. Throws the Fault `records-unavailable` when it cannot tell what is there. */
export function objectsIn(access: Access<'s3'>, bucket: string): ReadObject {
  return async (key) => {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await asked(access, `/${bucket}/${key}`)
      } catch (cause) {
        if (attempt === attempts)
          throw new Fault('records-unavailable', 'S3 did not give what is kept there', { cause })
        await sleep(pauseMilliseconds * attempt)
      }
  }
}

function asked(access: Access<'s3'>, path: string): Promise<Uint8Array | null> {
  const { endpoint } = access
  // Imported as a module, node:http makes Node load all of undici; and node:https is for those who use it.
  const { request } = process.getBuiltinModule(
    endpoint.protocol === 'https:' ? 'node:https' : 'node:http',
  )
  const { headers } = signed(access, { method: 'GET', path, headers: {}, body: '' })
  const signal = AbortSignal.timeout(attemptMilliseconds)
  return new Promise((resolve, reject) => {
    const asking = request(new URL(path, endpoint), { headers, signal }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('error', reject)
      reply.on('end', () => {
        if (reply.statusCode === 200) resolve(Buffer.concat(chunks))
        else if (reply.statusCode === 404) resolve(null)
        else reject(new Error(`S3 answered ${reply.statusCode}`))
      })
    })
    asking.on('error', reject)
    asking.end()
  })
}
