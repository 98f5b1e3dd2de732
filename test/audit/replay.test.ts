import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readDecisionRequest, readWaiverGrant, type BundleFiles } from '@writ/contract'
import { valueAt, type Json } from '@writ/domain'
import { keptFiles, loadBundle, openKeptBundle } from '@writ/engine'
import { writeVerifierKey } from '@writ/ledger'
import {
  createDecide,
  createGrantWaiver,
  createRevokeWaiver,
  createSeal,
  type Bundle,
} from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { aBundle, aLogSigner, aRule, signReceipt, steadily } from '@writ/testkit'
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
  ids = await live(data, loadBundle(files))
  await writ('audit', 'export', scratch.path('export'), '--data', data)
}, 120_000)
afterAll(scratch.remove)

/**
 * Denies, waives, decides under the waiver, revokes it and decides again; and decides what else there is to decide. The
 * policies that are kept are the pack's, whatever decides.
 */
async function live(folder: string, bundle: Bundle): Promise<readonly string[]> {
  mkdirSync(folder)
  writeFileSync(join(folder, 'log.vkey'), `${writeVerifierKey(aLogSigner.key)}\n`)
  for (const [path, bytes] of keptFiles(files)) {
    mkdirSync(dirname(join(folder, 'bundles', path)), { recursive: true })
    writeFileSync(join(folder, 'bundles', path), bytes)
  }
  const store = openStore(join(folder, 'writ.db'))
  let minutes = 0
  let drawn = 0
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
    writ(
      'audit',
      'replay',
      '--server',
      service?.url ?? '',
      '--tenant',
      'acme',
      '--policy',
      trusted(),
      ...more,
    )

  test('decisions are replayed by the bundles that it keeps', async () => {
    const { code, out } = await replayed()
    expect(out).toContain(`Replayed ${ids.length} decisions: ${ids.length} the same`)
    expect(code).toBe(0)
  })

  test('evidence brings the same policies as from the house', async () => {
    const sample = ['--seed', 's', '--sample', '3', '--policy', trusted()]
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
  const { name, dataDigest, enforcement } = loadBundle(files)
  const [lying, path] = [aBundle({ rules: [aRule()] }), scratch.path('lied')]
  await live(path, {
    ...lying,
    name,
    dataDigest,
    enforcement: { ...lying.enforcement, environments: enforcement.environments },
  })
  const { code, out } = await writ('audit', 'replay', '--data', path)
  expect(code).toBe(1)
  expect(out).toContain('outcome: recorded allow, replayed deny')
})

test('what was edited since is not decided again, though the policies give the same', async () => {
  const path = scratch.path('edited')
  cpSync(data, path, { recursive: true })
  const db = new DatabaseSync(join(path, 'writ.db'))
  const decisions = db
    .prepare("SELECT commitment FROM entries WHERE type = 'decision' AND sealed < 2")
    .all()
  const [one, other] = decisions.map(({ commitment }) => String(commitment))
  db.prepare(
    'UPDATE bodies SET content = (SELECT content FROM bodies WHERE commitment = ?) WHERE commitment = ?',
  ).run(one ?? '', other ?? '')
  db.close()
  const { code, out } = await writ('audit', 'replay', '--data', path)
  expect(out).toMatch(/^Tampering is proven: the record dec_.* at index 1 has another body/)
  expect(code).toBe(1)
})

test('a decision under a waiver whose record is not in the export is unknown', async () => {
  const part = scratch.path('part')
  await writ('audit', 'export', part, '--data', data, '--from', '2026-11-25T10:07:30Z')
  const { code, out } = await writ(
    'audit',
    'replay',
    '--folder',
    part,
    '--bundles',
    join(data, 'bundles'),
  )
  expect(out).toMatch(/unknown: the waiver wvr_\w+ that it names is not here/)
  expect(out).toContain(', 0 different')
  expect(code).toBe(2)
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

/** A file that says whom to trust. */
function trusted(): string {
  const path = scratch.path('trust.policy')
  writeFileSync(path, `log ${writeVerifierKey(aLogSigner.key)}\nquorum none\n`)
  return path
}

/** The lines of the policies and the controls. */
function sumsOf(folder: string): readonly string[] {
  const lines = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').split('\n')
  return lines.filter((line) => / (bundles\/|controls)/.test(line))
}
