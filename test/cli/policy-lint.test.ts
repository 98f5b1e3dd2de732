import { mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, ensureOpa } from '@writ/compiler'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pack, write, writ, type Ended } from './command.ts'

const good = '# METADATA\n# title: App\npackage app\n\nallow if input.n > 3\n'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-lint-'))
  write(folder, {
    'good/app/app.rego': good,
    'format/app.rego': `${good}\nx   := 1\n`,
    'check/app.rego': `${good}\ndeny if {\n\tx := 1\n\tinput.n < 0\n}\n`,
    'lints/app.rego': `${good}\nmessage := sprintf("%d", [input.n])\n`,
    'lints/app_test.rego': 'package app_test\n\ntest_x if sprintf("%d", [1]) == "1"\n',
    'old/app.rego':
      '# METADATA\n# title: App\npackage app\n\nallow {\n\tsprintf("%d", [input.n]) == "4"\n}\n',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: readonly string[]): Promise<Ended> {
  return writ(['policy', 'lint', ...args], { cwd: folder })
}

describe('any Rego', () => {
  const clean = ['✓ format (opa fmt)', '✓ strict check (opa check)', '✓ Regal', '✓ lints']
  const rows: readonly [string, readonly string[], number, string][] = [
    ['that is right', ['good'], 0, `${clean.join('\n')}\nNothing was found.\n`],
    ['that is not formatted', ['format'], 1, '✗ format (opa fmt)\n    format/app.rego: is not as `opa fmt` writes it'],
    ['that the strict check refuses', ['check/app.rego'], 1, '✗ strict check (opa check)\n    check/app.rego:8:2: '],
    ['that a lint finds', ['lints'], 1, '✗ lints\n    lints/app.rego:7:12: sprintf may not be used: write a template string, $"… {value} …" [sprintf]\n1 finding.\n'],
    ['of which a lint is left out', ['lints', '--skip', 'sprintf'], 0, 'Nothing was found.'],
    ['of before OPA 1.0, which has no template strings', ['old', '--rego-version', '0'], 0, 'Nothing was found.'],
  ] // prettier-ignore
  test.each(rows)('%s', async (_, args, code, said) => {
    const ended = await run(...args, ...(args.includes('good') ? [] : ['--skip', 'regal']))
    expect([ended.code, ended.out]).toEqual([code, expect.stringContaining(said)])
  })

  test('is told as JSON, with what Regal finds', async () => {
    write(folder, { 'regal/app.rego': `${good}\nx := y if {\n\ty := input.n\n}\n` })
    const { code, out } = await run('regal/', '--format', 'json')
    const found = {
      pointer: expect.stringMatching(/^regal\/app\.rego:\d+:\d+$/),
      message: expect.any(String),
      lint: 'regal style/unconditional-assignment',
    }
    expect([code, JSON.parse(out).gates[2]]).toEqual([
      1,
      { gate: 'Regal', not_run: null, issues: expect.arrayContaining([found]) },
    ])
  })
})

test('a pack is held to all that its build asks', async () => {
  const { code, out } = await writ(['policy', 'lint', '--policies', pack, '--skip', 'regal'])
  expect([code, out]).toEqual([
    0,
    expect.stringContaining('✓ strict check, schemas, capabilities, METADATA\n'),
  ])
})

test('a lint that is not there is met with those that may be meant', async () => {
  const { code, err } = await run('good', '--skip', 'hash-ordr')
  expect([code, err]).toEqual([2, 'writ: No lint is called hash-ordr: did you mean hash-order?\n'])
})

test('where Regal cannot be built the other gates are held, and the machine is to blame', async () => {
  const { env } = process
  const around = { env, cacheDir: cacheFolder(env, homedir()), onProgress: console.log }
  const bare = {
    WRIT_OPA: await ensureOpa(around),
    XDG_CACHE_HOME: join(folder, 'cache'),
    PATH: '/nowhere',
  }
  const { code, out } = await writ(['policy', 'lint', 'good'], { cwd: folder, env: bare })
  expect([code, out]).toEqual([
    3,
    expect.stringMatching(/✓ strict check \(opa check\)\n- Regal: not run\. .*Go.*\n✓ lints\n/),
  ])
})
