import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { kmsKeys } from './kms.ts'
import { signatures } from './signature.ts'

export type S3 = {
  readonly endpoint: string
  /** Answers in place of S3 where it gives true. */
  fails: (response: ServerResponse) => boolean
  readonly asked: () => readonly string[]
  readonly stop: () => Promise<void>
}

/** S3 as far as somebody reads one bucket: it gives objects to whoever signs with SigV4. */
export async function startS3(
  bucket: string,
  objects: ReadonlyMap<string, Uint8Array>,
): Promise<S3> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (s3.fails(response)) return
    const heard = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: '' } // prettier-ignore
    const answered = async (): Promise<void> => {
      const { signature, expected, names } = await signatures(heard, {
        service: 's3',
        region: kmsKeys.AWS_REGION,
        accessKeyId: kmsKeys.AWS_ACCESS_KEY_ID,
        secretAccessKey: kmsKeys.AWS_SECRET_ACCESS_KEY,
      })
      const isSigned = signature !== undefined && signature === expected
      if (!isSigned || !names.includes('x-amz-content-sha256')) response.writeHead(403).end()
      else {
        const object = objects.get(heard.path.replace(`/${bucket}/`, ''))
        response.writeHead(object === undefined ? 404 : 200).end(object)
      }
    }
    answered().catch((thrown: unknown) => response.writeHead(400).end(String(thrown)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const s3: S3 = {
    endpoint: `http://127.0.0.1:${port}`,
    fails: () => false,
    asked: () => asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return s3
}
