import { createHash, createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { SignatureV4 } from '@smithy/signature-v4'

/** A request as a server has heard it. */
export type Heard = {
  readonly method?: string
  /** As it stood on the wire, without the query. */
  readonly path?: string
  readonly query?: Readonly<Record<string, string | string[]>>
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Keys = {
  readonly service: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** The signature of a request, the one that AWS's own signer makes of it, and the headers that it covers. */
export async function signatures(
  { method = 'POST', path = '/', query = {}, headers: sent, body }: Heard,
  { service, region, ...credentials }: Keys,
) {
  const authorization = sent.authorization ?? ''
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? []
  const headers = Object.fromEntries(names.map((name) => [name, String(sent[name])]))
  const date = headers['x-amz-date'] ?? ''
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false }) // prettier-ignore
  const signingDate = new Date(date.replace(/(....)(..)(..T)(..)(..)(..)Z/, '$1-$2-$3$4:$5:$6Z'))
  const request = { method, protocol: 'http:', hostname: '127.0.0.1', path, query, headers, body }
  const signed = await signer.sign(request, { signingDate })
  const signatureIn = (text = ''): string | undefined => /Signature=(\w+)/.exec(text)?.[1]
  return {
    signature: signatureIn(authorization),
    expected: signatureIn(signed.headers['authorization']),
    names,
  }
}

type Data = string | ArrayBuffer | ArrayBufferView

/** Node's hashes in the shape that AWS's signer takes them in. */
class Sha256 {
  readonly #hash
  constructor(secret?: Data) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }
  update(data: Data): void {
    this.#hash.update(bytesOf(data))
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
  reset(): void {
    throw new Error('nobody asks for that')
  }
}

function bytesOf(data: Data): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data)
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)
}
