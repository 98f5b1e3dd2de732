import {
  checkLog,
  ed25519Signer,
  leafHashOf,
  readTrustPolicy,
  takeReceipt,
  verifyProof,
  writeVerifierKey,
} from '@writ/ledger'
import { createSeal, type Seal } from '@writ/service'
import { openStore } from '@writ/sqlite'
import { Fault } from '@writ/domain'
import { readAnswer, readRecord, type WireRecord } from '@writ/contract'
import { expect, test } from 'vitest'
import { aHouse, requests, type House } from './house.ts'
import { steadily } from '@writ/testkit'

const signer = ed25519Signer('example.com/log', new Uint8Array(32).fill(1))
const policy = readTrustPolicy(`log ${writeVerifierKey(signer.key)}\nquorum none\n`)

function sealer({ store }: House): Seal {
  let attempts = 0
  return createSeal({
    log: store.log,
    ...steadily(signer),
    memory: { last: async () => null, keep: async () => undefined },
    newAttempt: () => String((attempts += 1)),
    batch: 256,
  })
}

async function sealAll(house: House): Promise<void> {
  const seal = sealer(house)
  while ((await seal()).again);
}

async function decide(house: House): Promise<string> {
  const reply = await house.post('/v1/decisions', requests.deploy)
  return readAnswer(await reply.text()).id
}

async function recordOf(house: House, id: string): Promise<WireRecord> {
  return readRecord(await (await house.ask(`/v1/records/${id}`)).text())
}

test('a record waits for its place, and then says where it is in which log', async () => {
  const house = aHouse()
  const ids = [await decide(house), await decide(house)]
  expect(await recordOf(house, ids[0] ?? '')).toMatchObject({ seal: { status: 'pending' } })
  await sealAll(house)
  const { seal } = await recordOf(house, ids[1] ?? '')
  expect(seal).toEqual({ status: 'sealed', index: 1, size: 3, root: expect.any(String) })
})

test('a sealed record has a proof that is verified with its leaf and the key of the log alone', async () => {
  const house = aHouse()
  const ids = [await decide(house), await decide(house), await decide(house)]
  await sealAll(house)
  for (const [index, id] of ids.entries()) {
    const proof = await (await house.ask(`/v1/records/${id}/proof`)).text()
    const { leaf } = await recordOf(house, id)
    const leafHash = leafHashOf(new TextEncoder().encode(leaf))
    expect(verifyProof(leafHash, proof, policy)).toMatchObject({ status: 'verified', index })
    expect(verifyProof(leafHashOf(new Uint8Array()), proof, policy).status).toBe('refuted')
  }
})

test('the page of a decision says whether it is sealed, and then links its proof', async () => {
  const house = aHouse()
  const id = await decide(house)
  const page = async () =>
    (await house.ask(`/decisions/${id}`, { headers: { accept: 'text/html' } })).text()
  expect(await page()).toContain('Waits for its place in the log')
  expect(await page()).not.toContain('/proof"')
  await sealAll(house)
  expect(await page()).toContain('Number 0 in a log of 3 records')
  expect(await page()).toContain(`href="/v1/records/${id}/proof"`)
})

test('what has no proof says whether one is to come', async () => {
  const house = aHouse()
  const id = await decide(house)
  const pending = await house.ask(`/v1/records/${id}/proof`)
  expect([pending.status, pending.headers.get('retry-after')]).toEqual([404, '2'])
  expect(await pending.json()).toMatchObject({ type: '/problems/record-unsealed' })
  await sealAll(house)
  for (const path of [`/v1/records/${id}/proof?tenant=sample`, '/v1/records/dec_gone/proof'])
    expect(await (await house.ask(path)).json()).toMatchObject({ type: '/problems/record-unknown' })
})

test('the whole log is read and checked over HTTP, and its tiles may be kept for ever', async () => {
  const house = aHouse()
  const ids: string[] = []
  for (let count = 0; count < 260; count += 1) ids.push(await decide(house))
  await sealAll(house)
  const found: string[] = []
  const checked = await checkLog({
    policy,
    readFile: async (path) => {
      const reply = await house.ask(`/log/${path}`)
      expect(reply.headers.get('cache-control')).toMatch(
        path === 'checkpoint' ? 'no-store' : 'immutable',
      )
      return reply.status === 200 ? new Uint8Array(await reply.arrayBuffer()) : null
    },
    onEntries: async (_, entries) => {
      for (const entry of entries) {
        const { id }: { id: string } = JSON.parse(new TextDecoder().decode(entry))
        found.push(id)
      }
      return null
    },
  })
  expect(checked).toMatchObject({ status: 'verified', checkpoint: { size: 260 } })
  expect(found.toSorted()).toEqual(ids.toSorted())
})

test('a tile that has been finished since is still there as it was; what no log has is not', async () => {
  const house = aHouse()
  for (let count = 0; count < 3; count += 1) await decide(house)
  await sealAll(house)
  const before = await (await house.ask('/log/tile/entries/000.p/3')).bytes()
  for (let count = 0; count < 253; count += 1) await decide(house)
  await sealAll(house)
  expect(await (await house.ask('/log/tile/entries/000.p/3')).bytes()).toEqual(before)
  for (const path of ['tile/0/001', 'tile/0/0', 'tile/entries/..%2f..%2fx', 'tile/9/000.p/256'])
    expect(await (await house.ask(`/log/${path}`)).json()).toMatchObject({
      type: '/problems/log-file-unknown',
    })
})

test('who waits for the seal gets the proof with the answer, and who waits in vain an answer without', async () => {
  let pauses = 0
  const house = aHouse({
    pause: async () => {
      pauses += 1
      if (pauses === 3) await sealAll(house)
    },
  })
  const ask = async () =>
    (
      await house.post('/v1/decisions?wait=sealed', requests.deploy, { 'idempotency-key': 'a' })
    ).text()
  const text = await ask()
  const { id, proof }: { id: string; proof: string } = JSON.parse(text)
  expect(pauses).toBe(3)
  const { leaf } = await recordOf(house, id)
  const leafHash = leafHashOf(new TextEncoder().encode(leaf))
  expect(verifyProof(leafHash, proof, policy)).toMatchObject({ status: 'verified', index: 0 })
  expect(takeReceipt(text)).toEqual(
    takeReceipt(await (await house.ask(`/v1/decisions/${id}`)).text()),
  )
  const vain = await (await aHouse().post('/v1/decisions?wait=sealed', requests.deploy)).text()
  expect(JSON.parse(vain)).toMatchObject({ decision: true, proof: null })
  expect((await house.post('/v1/decisions?wait=long', requests.deploy)).status).toBe(422)
})

test('an answer that stands is given also where the log cannot be read for its proof', async () => {
  const store = openStore(':memory:')
  const away = async (): Promise<never> => {
    throw new Fault('records-unavailable', 'the log is away')
  }
  const house = aHouse({ store: { ...store, log: { ...store.log, place: away } } })
  const reply = await house.post('/v1/decisions?wait=sealed', requests.deploy)
  expect([reply.status, await reply.json()]).toMatchObject([200, { decision: true, proof: null }])
})

test('before anything is sealed there is no checkpoint', async () => {
  expect((await aHouse().ask('/log/checkpoint')).status).toBe(404)
})
