import assert from 'node:assert/strict'
import { takeInput } from '@writ/rego'
import { ensureOpaPeer } from '../../tools/toolchain.ts'
import { aCase, ask, askTextbook, inputFile, shipped, type Case } from './engine/cases.ts'
import { measure, onThread, type Costs, type Variant } from './engine/cpu.ts'
import { deployInput } from './engine/inputs.ts'
import { grants, lastRequest, manyAsData, manyRules } from './engine/many-rules.ts'
import { startOpa, type OpaPeer } from './engine/peer.ts'
import { row, type Row } from './engine/rows.ts'

/**
 * What a decision costs inside one process, beside the SDK as its README shows it and beside OPA's Go engine:
 * `npm run bench`. `--smoke` takes fewer rounds and fails below the gates, less a margin for a noisy machine.
 */
const isSmoke = process.argv.includes('--smoke')
const rounds = isSmoke ? 5 : 11
const peer = isSmoke ? null : await ensureOpaPeer()
const sizes = [
  ['1 KB', 1_300],
  ['10 KB', 10_700],
  ['100 KB', 102_000],
] as const
const data = shipped('data.json')
const rows: Row[] = []

/** The same value, whatever the order of a set's members. */
function sameAnswer(given: string, expected: string, what: string): void {
  assert.equal(inOrder(JSON.parse(given)), inOrder(JSON.parse(expected)), what)
}

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).sort().join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, member]) => `${name}:${inOrder(member)}`)
  return `{${members.sort().join(',')}}`
}

async function withPeer<T>(
  asked: Case,
  query: string,
  work: (opa: OpaPeer | null) => Promise<T>,
): Promise<T> {
  const opa = peer === null ? null : startOpa(peer, { rego: asked.rego, data: asked.data, query })
  try {
    return await work(opa)
  } finally {
    opa?.stop()
  }
}

/** Ratios 1 and 3: one request from the bytes of its body to the bytes of the answer. */
async function oneRequest(): Promise<void> {
  const asked = await aCase({ name: 'deploy', text: shipped('deploy.rego'), data, entrypoints: ['deploy/decision'] }) // prettier-ignore
  await withPeer(asked, 'data.deploy.decision', async (opa) => {
    for (const [name, bytes] of sizes) {
      const input = deployInput(bytes)
      const costs = await costsOf(asked, { input, entrypoint: 'deploy/decision', name, opa })
      rows.push(row(1, `one request of ${name}, ÷ the SDK`, costs.ratio('sdk', 'ours')))
      if (opa !== null)
        rows.push(row(3, `one request of ${name}, ÷ OPA in Go`, costs.ratio('opa', 'ours')))
    }
  })
}

type Asking = {
  readonly input: Buffer
  readonly entrypoint: string
  readonly name: string
  readonly opa: OpaPeer | null
}

async function costsOf(asked: Case, { input, entrypoint, name, opa }: Asking): Promise<Costs> {
  const expected = askTextbook(asked, input, entrypoint)
  sameAnswer(ask(asked, input, entrypoint), expected, `${entrypoint} of ${name}`)
  const variants: Variant[] = [
    onThread('ours', () => ask(asked, input, entrypoint)),
    onThread('sdk', () => askTextbook(asked, input, entrypoint)),
  ]
  if (opa !== null) {
    const path = inputFile(name, input)
    const { result } = await opa.answer(path, 1)
    sameAnswer(JSON.stringify(result), expected, `OPA on ${entrypoint} of ${name}`)
    variants.push(opa.variant('opa', path))
  }
  const costs = await measure(variants, rounds)
  tell(`${entrypoint}, ${name}`, costs)
  return costs
}

/** Ratio 2: many policies on one request, which is read once. */
async function manyPolicies(): Promise<void> {
  const light = 'environment subject team hour branch coverage images approvals'.split(' ')
  const heavy = 'findings packages severities'.split(' ')
  await together('light', light)
  await together('heavy', heavy)
}

async function together(name: 'light' | 'heavy', rules: readonly string[]): Promise<void> {
  const entrypoints = rules.map((rule) => `${name}/${rule}`)
  const asked = await aCase({ name, text: shipped(`${name}.rego`), data, entrypoints })
  const input = deployInput(10_700)
  const parsed: unknown = JSON.parse(input.toString())
  const ours = askAll(asked, input, entrypoints)
  for (const [index, entrypoint] of entrypoints.entries())
    sameAnswer(ours[index] ?? '', askTextbook(asked, input, entrypoint), entrypoint)
  const variants = [
    onThread('ours', () => askAll(asked, input, entrypoints)),
    onThread('sdk', () => entrypoints.map((one) => asked.textbook.evaluate(parsed, one))),
  ]
  const costs = await measure(variants, rounds)
  tell(`${rules.length} ${name} policies`, costs)
  rows.push(row(name === 'light' ? '2 light' : '2 heavy', `${rules.length} ${name} policies on one request of 10 KB`, costs.ratio('sdk', 'ours'))) // prettier-ignore
}

function askAll(asked: Case, input: Uint8Array, entrypoints: readonly string[]): readonly string[] {
  const read = takeInput(input)
  return entrypoints.map((entrypoint) => ask(asked, read, entrypoint))
}

/** Ratio 4: a thousand grants cost what ten do, and no more than in OPA, which has an index. */
async function noCliff(): Promise<void> {
  const cases = {
    data10: await manyCase('data10', manyAsData, 10),
    data1000: await manyCase('data1000', manyAsData, 1000),
    rules10: await manyCase('rules10', manyRules(10), 10),
    rules1000: await manyCase('rules1000', manyRules(1000), 1000),
  }
  const [few, many] = [lastRequest(10), lastRequest(1000)]
  const once = (asked: Case, input: Buffer) => () => ask(asked, input, 'many/allow')
  for (const [asked, input] of [
    [cases.data10, few],
    [cases.data1000, many],
    [cases.rules10, few],
    [cases.rules1000, many],
  ] as const)
    assert.equal(ask(asked, input, 'many/allow'), 'true')
  await withPeer(cases.rules1000, 'data.many.allow', async (opa) => {
    const variants: Variant[] = [
      onThread('10 as data', once(cases.data10, few)),
      onThread('1000 as data', once(cases.data1000, many)),
      onThread('10 rules', once(cases.rules10, few)),
      onThread('1000 rules', once(cases.rules1000, many)),
    ]
    if (opa !== null) {
      const path = inputFile('many', many)
      assert.equal((await opa.answer(path, 1)).result, true)
      variants.push(opa.variant('opa', path))
    }
    const costs = await measure(variants, rounds)
    tell('grants', costs)
    rows.push(row('4 data', '1,000 grants as data ÷ 10', costs.ratio('1000 as data', '10 as data')))
    rows.push(row('4 rules', '1,000 grants as rules ÷ 10', costs.ratio('1000 rules', '10 rules')))
    if (opa !== null) {
      rows.push(
        row('4 data opa', 'OPA on 1,000 rules ÷ ours on data', costs.ratio('opa', '1000 as data')),
      )
      rows.push(
        row('4 rules opa', 'OPA on 1,000 rules ÷ ours on rules', costs.ratio('opa', '1000 rules')),
      )
    }
  })
}

async function manyCase(name: string, text: string, count: number): Promise<Case> {
  const content = JSON.stringify({ grants: grants(count) })
  return aCase({ name, text, data: content, entrypoints: ['many/allow'] })
}

function tell(what: string, { median }: Costs): void {
  const figures = [...median].map(([name, cost]) => `${name} ${(cost / 1000).toFixed(1)}`)
  console.log(`${what}: ${figures.join(', ')} µs of CPU`)
}

await oneRequest()
await manyPolicies()
await noCliff()
console.log()
for (const { line } of rows) console.log(line)
if (isSmoke && rows.some(({ isBelow }) => isBelow)) process.exitCode = 1
