import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readDecisionRequest, readWaiverGrant, type BundleFiles } from '@writ/contract'
import { valueAt, type Json } from '@writ/domain'
import { keptFiles, loadBundle, openKeptBundle } from '@writ/engine'
import { writeVerifierKey, type VerifierKey } from '@writ/ledger'
import { createDecide, createGrantWaiver, createRevokeWaiver, createSeal } from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { aLogSigner, signReceipt, steadily } from '@writ/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesIn } from '../../packages/cli/src/audit/bundles.ts'
import { shippedPack } from '../policies/pack.ts'
import { writ } from './desk.ts'
import { scratchFolder } from './house.ts'
import { served, type Served } from './served.ts'

const scratch = scratchFolder()
const data = scratch.path('data')
const examples = join(import.meta.dirname, '..', '..', 'examples', 'requests')
const caller = { tenant: 'acme', principal: 'ci', roles: [] }
let files: BundleFiles
let ids: readonly string[] = []

const example = (name: string): Json => JSON.parse(readFileSync(join(examples, name), 'utf8'))
const change: Json = {
  kind: 'config',
  subject: { type: 'user', id: 'ada' },
  action: { name: 'change' },
  resource: { type: 'repository', id: 'shop/checkout' },
  context: {
    environment: 'production',
    documents: [
      { type: 'kubernetes/Deployment.apps', id: 'shop/checkout', path: 'a.yaml', content: { kind: 'Deployment', spec: { template: { spec: { containers: [{ name: 'web', image: 'web:latest' }] } } } } }, // prettier-ignore
      { type: 'kubernetes/ConfigMap', id: 'shop/checkout', path: 'b.yaml', content: { data: { a: '1' } } }, // prettier-ignore
    ],
  },
}

beforeAll(async () => {
  files = (await shippedPack()).files
  mkdirSync(data)
  writeFileSync(join(data, 'log.vkey'), `${writeVerifierKey(aLogSigner.key)}\n`)
  for (const [path, bytes] of keptFiles(files)) {
    mkdirSync(dirname(join(data, 'bundles', path)), { recursive: true })
    writeFileSync(join(data, 'bundles', path), bytes)
  }
  ids = await live()
  await writ('audit', 'export', scratch.path('export'), '--data', data)
}, 120_000)
afterAll(scratch.remove)

/** Denies, waives, decides under the waiver, revokes it and decides again; and decides what else there is to decide. */
async function live(): Promise<readonly string[]> {
  const store = openStore(join(data, 'writ.db'))
  let minutes = 0
  let drawn = 0
  const bundle = loadBundle(files)
  const sources = {
    ...store,
    now: () => new Date(Date.parse('2026-11-25T10:00:00.000Z') + 60_000 * (minutes += 1)),
    random: (count: number) => new Uint8Array(count).fill((drawn += 1)),
    engine: { active: () => bundle },
    signReceipt,
  }
  const decided: string[] = []
  const decide = async (request: Json): Promise<void> => {
    decided.push((await createDecide(sources)(caller, readDecisionRequest(request), null)).id)
  }
  for (const name of readdirSync(examples)) await decide(example(name))
  const denied = example('deploy-denied.json')
  const waiver = await createGrantWaiver(sources)(
    { ...caller, principal: 'grace' },
    readWaiverGrant(grantFor(denied)),
  )
  await decide(denied)
  await createRevokeWaiver(sources)(caller, waiver.id)
  await decide(denied)
  await decide(change)
  const memory = { last: async () => null, keep: async () => undefined }
  const seal = createSeal({ log: store.log, ...steadily(aLogSigner), memory, newAttempt: () => 'one', batch: 256 }) // prettier-ignore
  while ((await seal()).again);
  await store.close()
  return decided
}

function grantFor(request: Json): Json {
  return {
    rule: 'deploy.approvals',
    environment: 'production',
    resource: { type: 'service', id: valueAt(request, '/resource/id') ?? '' },
    reason: 'A night fix',
    requested_by: 'ada',
    approved_by: 'grace',
    expires_at: '2026-12-01T00:00:00.000Z',
  }
}

test('every decision is the same to the byte, under waivers that have ended since, and with documents that were left out', async () => {
  const { code, out } = await writ('audit', 'replay', '--data', data)
  expect(out).toBe(
    `Replayed ${ids.length} decisions: ${ids.length} the same, 0 different, 0 unknown\n`,
  )
  expect(code).toBe(0)
})

test('an export is replayed by the policies of the house, one decision or those of a time', async () => {
  const where = ['--folder', scratch.path('export'), '--bundles', join(data, 'bundles')]
  const one = await writ('audit', 'replay', ids[0] ?? '', ...where, '--format', 'json')
  expect([one.code, JSON.parse(one.out)]).toEqual([0, { id: ids[0], status: 'same' }])
  const some = await writ('audit', 'replay', ...where, '--to', '2026-11-25T10:03:30Z')
  expect(some).toMatchObject({ code: 0, out: expect.stringContaining('Replayed 3 decisions: 3') })
})

test('what cannot be replayed is unknown, and never passes for the same', async () => {
  const folder = scratch.path('export')
  const without = await writ('audit', 'replay', ids[0] ?? '', '--folder', folder)
  expect(without).toMatchObject({ code: 2, out: expect.stringContaining('is not kept here') })
  const gone = await writ('audit', 'replay', 'dec_gone', '--data', data)
  expect(gone).toMatchObject({ code: 2, err: expect.stringContaining('has no decision dec_gone') })
})

describe('over a service', () => {
  let [store, service]: [Store | null, Served | null] = [null, null]
  beforeAll(async () => {
    store = openStore(join(data, 'writ.db'))
    service = await served(store, { readKeptBundle: filesIn(join(data, 'bundles')) })
  })
  afterAll(async () => {
    await service?.close()
    await store?.close()
  })
  const replayed = (...more: readonly string[]) =>
    writ('audit', 'replay', '--server', service?.url ?? '', '--tenant', 'acme', ...more)

  test('decisions are replayed by the bundles that it keeps', async () => {
    const { code, out } = await replayed()
    expect(out).toContain(`Replayed ${ids.length} decisions: ${ids.length} the same`)
    expect(code).toBe(0)
  })

  test('evidence brings the same policies as from the house', async () => {
    const sample = ['--seed', 's', '--sample', '3', '--policy', scratch.path('trust.policy')]
    writeFileSync(scratch.path('trust.policy'), policyOf(aLogSigner.key))
    const [over, own] = [scratch.path('over'), scratch.path('own')]
    const where = ['--server', service?.url ?? '', '--tenant', 'acme']
    expect(await writ('audit', 'evidence', over, ...where, ...sample)).toMatchObject({
      code: 0,
      err: '',
    })
    expect(await writ('audit', 'evidence', own, '--data', data, ...sample)).toMatchObject({
      code: 0,
      err: '',
    })
    expect(sumsOf(over)).toEqual(sumsOf(own))
    expect(sumsOf(over).length).toBeGreaterThan(3)
  })

  test.each(['manifest.json', '../writ.db', '..%2fwrit.db', 'data/..%2f..%2fwrit.db', 'data/', ''])(
    'nothing but kept bundles is given away: %s',
    async (path) => {
      const reply = await fetch(`${service?.url}/v1/bundles/${path}`)
      expect(reply.status).toBe(404)
      expect(await reply.text()).toMatch(/bundle-unknown|route-unknown/)
    },
  )
})

test('an answer that the policies would not give is told: what was recorded, and what they give', async () => {
  const db = new DatabaseSync(join(data, 'writ.db'))
  const forge = (from: string, to: string): void =>
    void db
      .prepare(
        "UPDATE bodies SET content = CAST(replace(CAST(content AS TEXT), ?, ?) AS BLOB) WHERE CAST(content AS TEXT) LIKE '%deploy%'",
      )
      .run(from, to)
  const [honest, forged] = [
    ['false', 'deny'],
    ['true', 'allow'],
  ].map(([decision, outcome]) => String.raw`\"decision\":${decision},\"outcome\":\"${outcome}\"`)
  forge(honest ?? '', forged ?? '')
  const { code, out } = await writ('audit', 'replay', '--data', data)
  forge(forged ?? '', honest ?? '')
  db.close()
  expect(code).toBe(1)
  expect(out).toContain('outcome: recorded allow, replayed deny')
})

describe('a kept bundle', () => {
  test('is opened as it was, and is not there under another name', async () => {
    const kept = keptFiles(files)
    const { name, dataDigest } = loadBundle(files)
    const read = async (path: string) => kept.get(path) ?? null
    const opened = await openKeptBundle(read, { digest: name.digest, dataDigest })
    expect(opened).toMatchObject({ dataDigest, name: { digest: name.digest } })
    expect(opened?.rules).toEqual(loadBundle(files).rules)
    expect(await openKeptBundle(read, { digest: dataDigest, dataDigest })).toBeNull()
    expect(await openKeptBundle(read, { digest: name.digest, dataDigest: name.digest })).toBeNull()
  })

  test('with one byte changed in any of its files decides nothing', async () => {
    const kept = keptFiles(files)
    const { name, dataDigest } = loadBundle(files)
    for (const path of kept.keys()) {
      const changed = new Map(kept)
      const bytes = Uint8Array.from(kept.get(path) ?? [])
      const middle = bytes.byteLength >> 1
      bytes[middle] = (bytes[middle] ?? 0) ^ 1
      changed.set(path, bytes)
      const read = async (asked: string) => changed.get(asked) ?? null
      const opening = openKeptBundle(read, { digest: name.digest, dataDigest })
      await expect(opening, path).rejects.toMatchObject({ code: 'bundle-invalid' })
    }
  })
})

test('a bundle that lies where another belongs is unknown, and what others decided is replayed all the same', async () => {
  const path = join(data, 'bundles', 'data')
  const [name = ''] = readdirSync(path)
  renameSync(join(path, name), join(path, 'aside'))
  writeFileSync(join(path, name), '{}')
  const { code, out } = await writ('audit', 'replay', '--data', data)
  renameSync(join(path, 'aside'), join(path, name))
  expect(code).toBe(2)
  expect(out).toMatch(/is another one/)
  expect(out).toContain(
    `Replayed ${ids.length} decisions: 0 the same, 0 different, ${ids.length} unknown`,
  )
})

function policyOf(key: VerifierKey): string {
  return `log ${writeVerifierKey(key)}\nquorum none\n`
}

/** The lines of the policies and the controls. */
function sumsOf(folder: string): readonly string[] {
  const lines = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').split('\n')
  return lines.filter((line) => / (bundles\/|controls)/.test(line))
}
