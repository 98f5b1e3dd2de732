import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildRego } from '@writ/compiler'
import {
  createInstance,
  loadModule,
  meter,
  readBundle,
  type Evaluated,
  type RegoInstance,
} from '@writ/rego'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStand, type Stand } from './stand.ts'

const count = 300
const each = (write: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => write(index))

const policy = [
  'package p',
  ...each((index) => `allow if { input.user.id == "u${index}"; input.target == "t${index}" }`),
  'default level := "none"',
  ...each((index) => `level := "l${index}" if { "u${index}" == input.user.id; input.user.active }`),
  'level := "conflicting" if { input.user.id == "u7"; input.strange }',
  ...each((index) => `found contains "f${index}" if input.user.id == "u${index}"`),
  'found contains "always" if input.user',
  'found contains "again" if input.user.id == "u7"',
  ...each((index) => `pick(x) := ${index} if { y := x.name; y == "u${index}" }`),
  'pick(x) := "short" if { x.name == "u7"; x.strange }',
  'picked := pick({"name": input.user.id, "strange": false})',
  ...each(
    (index) => `kind := "k${index}" if { input.kind == "same"; input.user.id == "u${index}" }`,
  ),
  ...each((index) => `few contains ${index} if { input.number == ${index} }`),
].join('\n\n')

let stand: Stand
let instance: RegoInstance
beforeAll(async () => {
  stand = await openStand()
  const file = join(mkdtempSync(join(stand.policies, '..', 'families-')), 'p.rego')
  writeFileSync(file, policy)
  const { bundle } = await buildRego({
    ...stand.surroundings,
    paths: [{ named: 'p.rego', file }],
    entrypoints: ['allow', 'level', 'found', 'picked', 'kind', 'few'].map((rule) => `p/${rule}`),
    regoVersion: 1,
    gates: false,
  })
  const module = loadModule(meter(readBundle(bundle).get('policy.wasm') ?? new Uint8Array()))
  instance = createInstance(module, { data: Buffer.from('{}'), maxPages: 256 })
})
afterAll(() => stand?.close())

function asked(rule: string, input: unknown): Evaluated {
  const bytes = Buffer.from(JSON.stringify(input))
  return instance.evaluate({ input: bytes, entrypoint: `p/${rule}`, fuel: 10_000_000, now: 0n })
}

function answer(rule: string, input: unknown): unknown {
  const evaluated = asked(rule, input)
  if (evaluated.status === 'failed') return evaluated.reason
  return evaluated.status === 'defined' ? JSON.parse(evaluated.text) : undefined
}

const user = (id: unknown, more: object = {}): unknown => ({ user: { id, ...more } })

const answers: readonly (readonly [string, unknown, unknown])[] = [
  ['allow', { user: { id: 'u0' }, target: 't0' }, true],
  ['allow', { user: { id: 'u299' }, target: 't299' }, true],
  ['allow', { user: { id: 'u7' }, target: 't8' }, undefined],
  ['allow', { user: { id: 'u300' }, target: 't300' }, undefined],
  ['allow', { user: { id: '' }, target: '' }, undefined],
  ['allow', { user: { id: 7 }, target: 't7' }, undefined],
  ['allow', { user: { id: ['u7'] }, target: 't7' }, undefined],
  ['allow', { user: 'u7', target: 't7' }, undefined],
  ['allow', {}, undefined],
  ['level', user('u12', { active: true }), 'l12'],
  ['level', user('u12', { active: false }), 'none'],
  ['level', user('nobody', { active: true }), 'none'],
  ['level', { user: { id: 'u7', active: true }, strange: true }, 'aborted'],
  ['level', { user: { id: 'u7' }, strange: true }, 'conflicting'],
  ['found', user('u8'), ['always', 'f8']],
  ['found', user('u7'), ['again', 'always', 'f7']],
  ['found', user('zz'), ['always']],
  ['found', {}, []],
  ['picked', user('u7'), 7],
  ['picked', user('u'), undefined],
  ['kind', { kind: 'same', user: { id: 'u42' } }, 'k42'],
  ['kind', { kind: 'other', user: { id: 'u42' } }, undefined],
  ['few', { number: 5 }, [5]],
]

test.each(answers)('%s of %j is %j, among hundreds of rules', (rule, input, expected) => {
  expect(answer(rule, input)).toEqual(expected)
})

test('every rule of a family is found', () => {
  const all = Array.from({ length: count }, (_, index) => index)
  const found = all.map((index) =>
    answer('allow', { user: { id: `u${index}` }, target: `t${index}` }),
  )
  expect(found).toEqual(all.map(() => true))
  const named = all.map((index) => answer('kind', { kind: 'same', user: { id: `u${index}` } }))
  expect(named).toEqual(all.map((index) => `k${index}`))
})

test.each(['allow', 'level', 'found', 'picked', 'kind'])(
  '%s looks for its rule, and does not try hundreds: the fuel says so',
  (rule) => {
    const input = { user: { id: 'u299', active: true }, target: 't299', kind: 'same' }
    expect(asked(rule, input).fuelUsed).toBeLessThan(2 * count)
  },
)
