import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Signer } from '@writ/ledger'
import { signatures, type Heard } from './signature.ts'

export const kmsKeyId = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd'

/** As a function's environment tells of them. */
export const kmsKeys = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

/** The public key of a signer as KMS tells it. */
export function publicKeyText({ key }: Signer): string {
  const prefix = Buffer.from('302a300506032b6570032100', 'hex')
  return Buffer.concat([prefix, key.publicKey]).toString('base64')
}

export type Kms = {
  readonly endpoint: string
  /** Answers in place of KMS where it gives true. */
  fails: (response: ServerResponse, heard: Heard) => boolean
  readonly signed: () => number
  readonly stop: () => Promise<void>
}

/** KMS as far as a log needs it: it takes only what is signed with SigV4 and asks for what these keys do, and signs with real ones. */
export async function startKms(signers: Readonly<Record<string, Signer>>): Promise<Kms> {
  let signed = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const heard = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
      if (kms.fails(response, heard)) return
      const answered = async (): Promise<void> => {
        const answer = await sign(signers, heard)
        signed += 1
        response.end(JSON.stringify(answer))
      }
      answered().catch((thrown: unknown) => refuse(response, 400, String(thrown)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const kms: Kms = {
    endpoint: `http://127.0.0.1:${port}`,
    fails: () => false,
    signed: () => signed,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return kms
}

async function sign(signers: Readonly<Record<string, Signer>>, heard: Heard): Promise<object> {
  const { signature, expected } = await signatures(heard, {
    service: 'kms',
    region: kmsKeys.AWS_REGION,
    accessKeyId: kmsKeys.AWS_ACCESS_KEY_ID,
    secretAccessKey: kmsKeys.AWS_SECRET_ACCESS_KEY,
  })
  if (signature === undefined || signature !== expected) throw new Error('SignatureDoesNotMatch')
  if (heard.headers['x-amz-target'] !== 'TrentService.Sign') throw new Error('UnknownOperation')
  const { Message, ...rest } = JSON.parse(heard.body)
  const { KeyId } = rest
  const signer = signers[KeyId]
  if (signer === undefined) throw new Error('NotFoundException')
  const wanted = { KeyId, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }
  if (JSON.stringify(rest) !== JSON.stringify(wanted)) throw new Error('ValidationException')
  const message = Buffer.from(String(Message), 'base64')
  if (message.length > 4096) throw new Error('ValidationException')
  return { ...wanted, Signature: Buffer.from(await signer.sign(message)).toString('base64') }
}

export function refuse(response: ServerResponse, status: number, name: string): true {
  response.writeHead(status).end(JSON.stringify({ __type: name, message: 'simulated' }))
  return true
}
