import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pack, write, writ, type Ended } from './command.ts'

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'writ-trust-'))
  write(folder, { 'app.rego': 'package app\n\nallow if input.n > 3\n' })
  const { code, err } = await run('build', 'app.rego', '-e', 'app/allow', '-o', 'bundle.tar.gz')
  expect(code, err).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: readonly string[]): Promise<Ended> {
  return writ(['policy', ...args], { cwd: folder })
}

test('a key is made, a bundle signed with it, and verified by its other half', async () => {
  const made = await run('keygen', '-o', 'policy.key')
  expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^Made the key \w{16}\n/)])
  expect(statSync(join(folder, 'policy.key')).mode & 0o777).toBe(0o600)
  const signed = await run('sign', 'bundle.tar.gz', '--key', 'policy.key', '-o', 'signed.tar.gz')
  expect([signed.code, signed.out]).toEqual([0, expect.stringMatching(/^Signed signed\.tar\.gz\n/)])
  const verified = await run('verify', 'signed.tar.gz', '--key', 'policy.key.pub', '--active', 'signed.tar.gz') // prettier-ignore
  expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/^Verified signed\.tar\.gz\n {2}digest {7}sha256:\w{64}\n {2}entrypoints {2}app\/allow\n {2}signature {4}by the key \w{16}, \d{4}-/)]) // prettier-ignore
})

test('what is mistaken is told with exit code 2, and no key is overwritten', async () => {
  await run('keygen', '-o', 'kept.key')
  const before = readFileSync(join(folder, 'kept.key'))
  const refusals = [
    [['keygen', '-o', 'kept.key'], /kept\.key is there already, and a key is never overwritten/],
    [['sign', 'bundle.tar.gz', '--key', 'app.rego'], /app\.rego is not a private key in PEM/],
    [['sign', 'gone.tar.gz', '--key', 'kept.key'], /gone\.tar\.gz: /],
    [['verify', 'bundle.tar.gz', '--key', 'gone.pub'], /gone\.pub: /],
    [['verify', 'bundle.tar.gz', '--key', 'kept.key.pub'], /The bundle is not signed/],
    [['verify', 'bundle.tar.gz', '--active', 'bundle.tar.gz'], /--active .* needs --key/],
    [['verify', 'app.rego'], /app\.rego is no bundle/],
  ] as const
  for (const [args, message] of refusals) {
    const { code, err } = await run(...args)
    expect([code, err]).toEqual([2, expect.stringMatching(message)])
  }
  expect(readFileSync(join(folder, 'kept.key')).equals(before)).toBe(true)
})

test('the folder of a built pack is signed and verified like an archive', async () => {
  await run('keygen', '-o', 'pack.key')
  expect((await run('build', '--policies', pack, '-o', 'pack/')).code).toBe(0)
  const refused = await run('verify', 'pack', '--key', 'pack.key.pub')
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringMatching(/The bundle is not signed/),
  ])
  const signed = await run('sign', 'pack', '--key', 'pack.key')
  expect([signed.code, signed.out]).toEqual([0, expect.stringMatching(/^Signed pack\n/)])
  const verified = await run('verify', 'pack', '--key', 'pack.key.pub', '--active', 'pack')
  expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/^Verified pack\n {2}digest {7}sha256:\w{64}\n {2}rules {8}\d+\n {2}signature {4}by the key \w{16}, \d{4}-/)]) // prettier-ignore
  const inspected = await run('inspect', 'pack')
  expect(inspected.out).toMatch(/signature {2}by the key \w{16}, /)
})

test('each change to a signed pack is refused with its own words', async () => {
  await run('keygen', '-o', 'own.key')
  await run('keygen', '-o', 'other.key')
  await run('build', '--policies', pack, '-o', 'whole/')
  await run('sign', 'whole', '--key', 'own.key')
  const changes: readonly (readonly [
    what: string,
    change: (copy: string) => void,
    words: RegExp,
  ])[] = [
    [
      'a byte',
      (copy) => appendFileSync(join(copy, 'data.json'), ' '),
      /its values are the same, and its bytes are not/,
    ],
    [
      'a value',
      (copy) => writeFileSync(join(copy, 'data.json'), '{}'),
      /data\.json.*was changed after it was signed/s,
    ],
    ['a missing file', (copy) => rmSync(join(copy, 'data.json')), /data\.json.*is missing/s],
    [
      'an extra file',
      (copy) => write(copy, { 'more/rule.wasm': '' }),
      /more\/rule\.wasm.*was added/s,
    ],
  ]
  for (const [what, change, words] of changes) {
    const copy = join(folder, 'copy')
    rmSync(copy, { recursive: true, force: true })
    cpSync(join(folder, 'whole'), copy, { recursive: true })
    change(copy)
    const { code, err } = await run('verify', 'copy', '--key', 'own.key.pub')
    expect([what, code, err]).toEqual([what, 2, expect.stringMatching(words)])
  }
  const { code, err } = await run('verify', 'whole', '--key', 'other.key.pub')
  expect([code, err]).toEqual([2, expect.stringMatching(/signed with another key/)])
})

test('a pack’s sources are no bundle that could be signed, and the way out is told', async () => {
  const { code, err } = await run('sign', pack, '--key', 'app.rego')
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(/no built bundle.*writ policy build --policies/s),
  ])
})
