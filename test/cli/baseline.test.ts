import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check, expectGolden, write } from './command.ts'
import { deployment } from './manifests.ts'

const folder = mkdtempSync(join(tmpdir(), 'writ-baseline-'))
const inFolder = { cwd: folder }
const bad = (name: string) => deployment(name, { privileged: true, owner: false })
const given = ['shop', '--environment', 'production', '--baseline', 'known.json']

beforeAll(async () => {
  write(folder, { 'shop/old.yaml': bad('old'), 'broken.json': '{"version": 2}' })
  const args = ['shop', '--environment', 'production', '--write-baseline', 'known.json']
  const { code } = await check(args, inFolder)
  expect(code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what is known is shown, and lets the change go on, in its lines moved, too', async () => {
  write(folder, { 'shop/old.yaml': `# a line more\n${bad('old')}` })
  const { code, out } = await check(given, inFolder)
  expectGolden('check-baseline', out)
  expect(code).toBe(0)
})

describe('what is new fails', () => {
  beforeAll(() => write(folder, { 'shop/new.yaml': bad('new') }))
  afterAll(() => rmSync(join(folder, 'shop/new.yaml')))

  test('as text', async () => {
    const { code, out } = await check(given, inFolder)
    expect(out).toContain('Denied: 1 new finding to mend, beside 1 that the baseline knows.')
    expect(code).toBe(1)
  })
  test.each([
    ['json', '"known": true'],
    ['sarif', '"baselineState": "unchanged"'],
    ['junit', 'Known from the baseline'],
    ['github', 'known from the baseline'],
    ['table', '│ exception │'],
  ])('as %s', async (format, mark) => {
    const { code, out } = await check([...given, '--format', format], inFolder)
    expect(out.split(mark)).toHaveLength(3)
    expect(code).toBe(1)
  })
})

test('a file that cannot be read is never known', async () => {
  write(folder, { 'shop/half.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: half\n' })
  const { code } = await check(given, inFolder)
  rmSync(join(folder, 'shop/half.yaml'))
  expect(code).toBe(2)
})

test('what is found no more is told, so that it cannot come back unseen', async () => {
  write(folder, { 'shop/old.yaml': deployment('old', { owner: false }) })
  const { out } = await check(given, inFolder)
  write(folder, { 'shop/old.yaml': bad('old') })
  expect(out).toContain('1 finding of the baseline is found no more: --write-baseline forgets')
  expect((await check(given, inFolder)).out).not.toContain('found no more')
})

test('is not written of a part of the repository', async () => {
  const args = ['shop', '--write-baseline', 'part.json', '--changed-since', 'main']
  const { code, err } = await check(args, inFolder)
  expect(err).toContain('exclude each other: what did not change would be forgotten')
  expect(code).toBe(2)
})

test('names neither lines nor secrets, so that it can be committed', () => {
  expect(
    Object.keys(JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8')).findings[0]),
  ).toEqual(['fingerprint', 'rule', 'file', 'resource', 'part'])
})

test.each([
  ['gone.json', 'cannot be read'],
  ['broken.json', 'is no baseline of version 1'],
])('%s is refused with the way out', async (file, message) => {
  const { code, err } = await check(['shop', '--baseline', file], inFolder)
  expect(err).toContain(message)
  expect(err).toContain(`--write-baseline ${file}`)
  expect(code).toBe(2)
})

test('a service is told by waivers instead', async () => {
  const { code, err } = await check([...given, '--server', 'http://127.0.0.1:9'], inFolder)
  expect(err).toContain('grant waivers')
  expect(code).toBe(2)
})
