import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildBundle } from '@writ/compiler'
import { readDecisionBody, readDecisionRequest } from '@writ/contract'
import { loadBundle } from '@writ/engine'
import { createDecide, replay } from '@writ/service'
import { openStore } from '@writ/sqlite'
import { signReceipt } from '@writ/testkit'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { mistakesOf, openStand, type Stand } from './stand.ts'

let stand: Stand
beforeEach(async () => {
  stand = await openStand()
})
afterEach(() => stand?.close())

const build = () => buildBundle({ ...stand.surroundings, policies: stand.policies })
const mask = (masks: unknown): void =>
  writeFileSync(join(stand.policies, 'masks.json'), JSON.stringify(masks))

const caller = { tenant: 'acme', principal: 'ci', roles: [] }
const request = readDecisionRequest({
  kind: 'deploy',
  subject: { type: 'user', id: 'ada', properties: { email: 'ada@example.com' } },
  action: { name: 'deploy' },
  resource: { type: 'service', id: 'checkout' },
  context: { environment: 'staging' },
})

test('what a pack masks is decided on, and is in no record: not in its body, nor in what it is found by', async () => {
  mask({ deploy: ['/subject/properties/email', '/subject/id'] })
  const bundle = loadBundle(await build())
  const store = openStore(':memory:')
  onTestFinished(() => store.close())
  const now = () => new Date('2026-11-25T10:00:00.000Z')
  const decide = createDecide({ ...store, now, random: (count) => new Uint8Array(count).fill(1), engine: { active: () => bundle }, signReceipt }) // prettier-ignore
  const { id } = await decide(caller, request, 'a key')
  const entry = await store.records.get('acme', id)
  if (entry === null) throw new Error('it was recorded')
  const { request: recorded, masked } = readDecisionBody(entry.body.content)
  expect(masked).toEqual(['/subject/properties/email', '/subject/id'])
  expect(recorded).toMatchObject({
    subject: { id: '(masked)', properties: { email: '(masked)' } },
    resource: { id: 'checkout' },
  })
  expect(JSON.stringify([recorded, entry.facets])).not.toMatch(/ada/)
  expect((await decide(caller, request, 'a key')).id).toBe(id)
  const parts = { findBundle: async () => bundle, waivers: [], missing: new Set<string>() }
  const again = await replay(parts, entry)
  expect(again).toMatchObject({ status: 'unknown', reason: expect.stringContaining('/subject/id') })
})

test('a pack without masks is the bundle that it was before there were any', async () => {
  const digestOf = async () => loadBundle(await build()).name.digest
  const before = await digestOf()
  mask({})
  expect(await digestOf()).toBe(before)
  mask({ access: ['/context/justification'] })
  expect(await digestOf()).not.toBe(before)
})

test('mistakes in masks are named, each at its place', async () => {
  mask({
    deploy: ['subject', '/subject/~2', '/kind', '/context/environment', '/context/documents/0/content', '/subject/properties/email'], // prettier-ignore
    access: 'all',
    merge: [],
  })
  expect(await mistakesOf(build())).toEqual([
    'masks.json#/access: must be a list of JSON Pointers',
    'masks.json#/deploy/0: must be a JSON Pointer such as /subject/properties/email',
    'masks.json#/deploy/1: must be a JSON Pointer such as /subject/properties/email',
    'masks.json#/deploy/2: leads to what the log itself tells of every decision: its kind and its environment',
    'masks.json#/deploy/3: leads to what the log itself tells of every decision: its kind and its environment',
    'masks.json#/deploy/4: leads into documents, which are masked by their type before they are decided on',
    'masks.json#/merge: is no kind: use deploy, access or config',
  ])
})
