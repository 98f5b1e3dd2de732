import { accessIn, objectsIn } from '@writ/aws'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { kmsKeys } from './kms.ts'
import { startS3, type S3 } from './s3.ts'

const key = `${'0a'.repeat(32)}/deploy.wasm`
let s3: S3
beforeAll(async () => {
  s3 = await startS3('writ-bundles', new Map([[key, Uint8Array.of(0, 97, 255)]]))
})
afterAll(() => s3.stop())
beforeEach(() => {
  s3.fails = () => false
})

const reading = (over: Record<string, string> = {}) =>
  objectsIn(accessIn('s3', { ...kmsKeys, AWS_ENDPOINT_URL_S3: s3.endpoint, ...over }), 'writ-bundles') // prettier-ignore

test('an object is given by its key to whoever signs; null where there is none', async () => {
  expect(await reading()(key)).toEqual(Buffer.from([0, 97, 255]))
  expect(await reading()('0a/none.wasm')).toBeNull()
})

test('a failure that passes is asked again; one that stays is no answer, and never “there is none”', async () => {
  let left = 2
  s3.fails = (response) => {
    left -= 1
    if (left >= 0) response.writeHead(503).end()
    return left >= 0
  }
  expect(await reading()(key)).toHaveLength(3)
  const unavailable = { code: 'records-unavailable' }
  s3.fails = (response) => {
    response.destroy()
    return true
  }
  await expect(reading()(key)).rejects.toMatchObject(unavailable)
  s3.fails = () => false
  await expect(reading({ AWS_SECRET_ACCESS_KEY: 'another' })(key)).rejects.toMatchObject(unavailable) // prettier-ignore
})
