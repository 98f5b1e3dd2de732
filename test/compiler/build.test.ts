import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildBundle } from '@writ/compiler'
import { manifestSchema, type BundleFiles, type Manifest } from '@writ/contract'
import { canonicalText, digestOf } from '@writ/ledger'
import { createInstance, loadModule } from '@writ/rego'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStand, type Stand } from './stand.ts'

let stand: Stand
let first: BundleFiles
let manifest: Manifest
beforeAll(async () => {
  stand = await openStand()
  first = await build('a')
  manifest = manifestSchema.parse(JSON.parse(textOf('manifest.json')))
})
afterAll(() => stand?.close())

/** Each cache is one that knows nothing of the others. */
const cacheOf = (name: string): string => join(stand.surroundings.cacheDir, name)
const build = (cache: string): Promise<BundleFiles> =>
  buildBundle({ ...stand.surroundings, cacheDir: cacheOf(cache), policies: stand.policies })
/** A bundle as names and digests: a difference of whole modules is nothing to read. */
const summary = ({ revision, files }: BundleFiles): object => ({
  revision,
  files: [...files].map(([name, bytes]) => `${name} ${digestOf(bytes)}`),
})
const bytesOf = (name: string): Uint8Array => first.files.get(name) ?? new Uint8Array()
const textOf = (name: string): string => new TextDecoder().decode(bytesOf(name))

test('the same policies give the same bytes, built anew', async () => {
  expect(summary(await build('b'))).toEqual(summary(first))
  expect(readdirSync(join(cacheOf('b'), 'stages'))).toEqual([])
})

test('a module is made for each kind, and for each family of documents', () => {
  expect(manifest.modules.map(({ name, file, documentTypes }) => [name, file, documentTypes])).toEqual([
    ['access', 'access.wasm', []],
    ['config/kubernetes', 'config-kubernetes.wasm', ['kubernetes/Deployment.apps', 'kubernetes/Pod']],
    ['deploy', 'deploy.wasm', []],
  ]) // prettier-ignore
  for (const { file, meteredDigest } of manifest.modules)
    expect(digestOf(bytesOf(file))).toBe(meteredDigest)
})

test('the revision names the folder and the digest of the manifest', () => {
  expect(first.revision).toBe(
    `pack-${digestOf(canonicalText(JSON.parse(textOf('manifest.json')))).slice(7, 19)}`,
  )
})

test('settings are data at the path of their folder', () => {
  expect(textOf('data.json')).toBe(
    '{"settings":{"deploy":{"approvals":{"environments":["production"],"required":2}}}}',
  )
})

describe('what the gathering code gives', () => {
  const evaluate = (file: string, entrypoint: string, input: unknown): unknown => {
    const instance = createInstance(loadModule(bytesOf(file)), {
      data: bytesOf('data.json'),
      maxPages: 1_024,
    })
    const bytes = new TextEncoder().encode(JSON.stringify(input))
    const result = instance.evaluate({
      input: bytes,
      entrypoint,
      fuel: 20_000_000,
      now: 0n,
    })
    return result.status === 'defined' ? JSON.parse(result.text) : result
  }
  const change = (...by: readonly string[]) => ({
    context: {
      environment: 'production',
      change: { author: 'ann', approvals: by.map((name) => ({ by: name })) },
    },
  })
  const pod = (privileged: boolean) => ({
    type: 'kubernetes/Pod',
    operation: 'create',
    content: { spec: { containers: [{ name: 'app', securityContext: { privileged } }] } },
  })
  const finding = { message: 'container app is privileged', part: 'app' }
  const cases: readonly [string, string, object, object][] = [
    ['it applies and complains', 'deploy', change('bob', 'ann'), { applies: true, finding: [{ message: '1 approvals are missing' }] }],
    ['it applies and is content', 'deploy', change('bob', 'cy'), { applies: true, finding: [] }],
    ['it does not apply', 'deploy', { context: { environment: 'staging' } }, {}],
    ['an empty input', 'deploy', {}, {}],
    ['documents by position', 'config/kubernetes', { context: { documents: [pod(false), { type: 'openapi' }, pod(true)] } }, { applies: [0, 2], finding: [{ ...finding, document: 2 }] }],
    ['no such document', 'config/kubernetes', { context: { documents: [] } }, {}],
  ] // prettier-ignore
  test.each(cases)('%s', (_, name, input, expected) => {
    const { file, gather, rules } = manifest.modules.find((one) => one.name === name)!
    const [[id, entrypoint] = ['', '']] = Object.entries(rules)
    expect(evaluate(file, gather, input)).toEqual({ [id]: expected })
    expect(evaluate(file, entrypoint, input)).toEqual(expected)
  })
})

describe('the cache', () => {
  test('a bundle that is there needs no opa at all', async () => {
    const env = { PATH: '', WRIT_OPA: '/nowhere/opa.wasm' }
    const request = { ...stand.surroundings, env, cacheDir: cacheOf('a'), policies: stand.policies }
    expect(summary(await buildBundle(request))).toEqual(summary(first))
  })

  test('a damaged entry is built anew', async () => {
    const entries = join(cacheOf('a'), 'bundles')
    const [key = ''] = readdirSync(entries)
    appendFileSync(join(entries, key, 'deploy.wasm'), 'x')
    expect(summary(await build('a'))).toEqual(summary(first))
    expect(readFileSync(join(entries, key, 'deploy.wasm'))).toEqual(
      Buffer.from(bytesOf('deploy.wasm')),
    )
  })

  test('tests and case files are no part of a bundle', async () => {
    writeFileSync(join(stand.policies, 'deploy', 'other_test.rego'), 'no rego at all')
    writeFileSync(join(stand.policies, 'deploy', 'approvals.cases.yaml'), 'cases: []')
    const before = stand.news.length
    expect(summary(await build('a'))).toEqual(summary(first))
    expect(stand.news.length).toBe(before)
  })
})
