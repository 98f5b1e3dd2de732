import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectGolden, pack, write, writ, type Ended } from './command.ts'

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'writ-inspect-'))
  write(folder, {
    'app/rule.rego': `# METADATA
# title: Who may come in
package app

allow if {
	own(input.name)
	startswith(input.name, "a")
	strings.any_prefix_match(input.name, {"ab"})
	graphql.schema_is_valid(input.schema)
	not input.list in (input.others)
}
`,
    'app/more.rego': 'package app\n\nown(name) if trim(name, " ") == name\n',
    'app/data.json': '{"limits": {"n": 3}}',
  })
  const built = await run('build', 'app', '-e', 'app/allow', '--revision', 'r7', '-o', 'app.tar.gz')
  expect(built.code, built.err).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: readonly string[]): Promise<Ended> {
  return writ(['policy', ...args], { cwd: folder })
}

test('a bundle of any Rego says what it holds', async () => {
  await run('keygen', '-o', 'policy.key')
  await run('sign', 'app.tar.gz', '--key', 'policy.key', '-o', 'signed.tar.gz')
  const { code, out } = await run('inspect', 'signed.tar.gz', '--format', 'json')
  const file = (path: string) => ({ path, bytes: expect.any(Number) })
  expect([code, JSON.parse(out)]).toEqual([
    0,
    {
      revision: 'r7',
      digest: expect.stringMatching(/^sha256:\w{64}$/),
      opa: '1.22.2',
      policies: [
        { name: 'app', title: null, file: 'more.rego' },
        { name: 'app', title: 'Who may come in', file: 'rule.rego' },
      ],
      builtins: [
        { name: 'graphql.schema_is_valid', tier: 'Go' },
        { name: 'startswith', tier: 'module' },
        { name: 'strings.any_prefix_match', tier: 'TypeScript' },
        { name: 'trim', tier: 'module' },
      ],
      files: ['.manifest', '.signatures.json', 'data.json', 'more.rego', 'policy.wasm', 'rule.rego'].map(file), // prettier-ignore
      signature: { key_id: expect.stringMatching(/^\w{16}$/), signed_at: expect.any(String) },
      modules: [
        {
          file: 'policy.wasm',
          bytes: expect.any(Number),
          entrypoints: ['app/allow'],
          memory_bytes: expect.any(Number),
          fuel: null,
          problem: null,
        },
      ],
    },
  ])
})

test('a pack says what it holds', async () => {
  const { code, out } = await writ(['policy', 'inspect', pack])
  expectGolden('policy-inspect', out.replace(pack, 'PACK').replaceAll(/\d+ KB/g, 'N KB'))
  expect(code).toBe(0)
})

test('a pack that was built says the same as its sources', async () => {
  await run('build', '--policies', pack, '--output', 'built')
  const [built, sources] = await Promise.all([run('inspect', 'built'), run('inspect', pack)])
  const rest = ({ out }: Ended): string => out.split('\n').slice(2).join('\n')
  expect(rest(built)).toBe(rest(sources))
})

test('what is no bundle is told', async () => {
  const refusals = [
    [['inspect', '.'], /\. is no bundle: it is neither a bundle\.tar\.gz, nor a folder/],
    [['inspect', 'app/rule.rego'], /app\/rule\.rego is no bundle: /],
    [['inspect', 'gone.tar.gz'], /gone\.tar\.gz: /],
  ] as const
  for (const [args, message] of refusals) {
    const { code, err } = await run(...args)
    expect([code, err]).toEqual([2, expect.stringMatching(message)])
  }
})
