import { accessIn, kmsSigner } from '@writ/aws'
import { ed25519Signer, isSignatureOf } from '@writ/ledger'
import { aLogSigner } from '@writ/testkit'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { kmsKeyId, kmsKeys, refuse, startKms, type Kms } from './kms.ts'

let kms: Kms
beforeAll(async () => {
  kms = await startKms({ [kmsKeyId]: aLogSigner })
})
afterEach(() => {
  kms.fails = () => false
})
afterAll(() => kms.stop())

const { name, publicKey } = aLogSigner.key
const message = new TextEncoder().encode('example.com/log\n7\nrVfQXJ1zJ0mS0mSbFQ==\n')

function signer(over: Partial<Parameters<typeof kmsSigner>[1]> = {}, env = {}) {
  const access = accessIn('kms', { ...kmsKeys, AWS_ENDPOINT_URL_KMS: kms.endpoint, ...env })
  return kmsSigner(access, { keyId: kmsKeyId, name, publicKey, ...over })
}

test('what KMS signs is what the key signs, under the same name', async () => {
  const { key, sign } = signer()
  expect(key).toEqual(aLogSigner.key)
  expect(await sign(message)).toEqual(await aLogSigner.sign(message))
  expect(isSignatureOf(key, message, await sign(message))).toBe(true)
})

const unsigned = { code: 'records-unavailable', message: 'KMS did not sign the checkpoint' }

test.each([
  ['refuses whoever signs with another key', { AWS_SECRET_ACCESS_KEY: 'another' }],
  ['refuses whoever asks for another region', { AWS_REGION: 'us-east-1' }],
])('KMS %s', async (_, env) => {
  await expect(signer({}, env).sign(message)).rejects.toMatchObject(unsigned)
})

test('a failure that passes is tried again, one that stays is told with its name', async () => {
  let asked = 0
  kms.fails = (response) => (asked += 1) < 3 && refuse(response, 500, 'KMSInternalException')
  expect(await signer().sign(message)).toEqual(await aLogSigner.sign(message))
  kms.fails = (response) => refuse(response, 400, 'DisabledException')
  await expect(signer().sign(message)).rejects.toMatchObject({
    ...unsigned,
    cause: { name: 'DisabledException' },
  })
})

const halted = { code: 'log-halted' }

test('what another key has signed is given to nobody, nor what is no signature', async () => {
  const { key } = ed25519Signer(name, new Uint8Array(32).fill(9))
  await expect(signer({ publicKey: key.publicKey }).sign(message)).rejects.toMatchObject(halted)
  for (const answer of ['{}', '{"Signature":"AAAA"}', '{"Signature":"no base64"}']) {
    kms.fails = (response) => {
      response.end(answer)
      return true
    }
    await expect(signer().sign(message)).rejects.toMatchObject(halted)
  }
})
