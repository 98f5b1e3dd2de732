import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pack, write, writ, type Ended } from './command.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-build-'))
  write(folder, {
    'app.rego':
      'package app\n\nallow if input.n > 3\n\nsum := input.n + 1\n\nat := time.now_ns()\n',
    'good.ndjson': `{"input": {"n": 4}, "entrypoint": "app/allow", "result": true}
{"input": {"n": 1}, "entrypoint": "app/allow", "undefined": true}

{"input": {"n": 12345678901234567890}, "entrypoint": "app/sum", "result": 12345678901234567891}
{"input": {"n": 2}}
`,
    'digits.ndjson':
      '{"input": {"n": 12345678901234567890}, "entrypoint": "app/sum", "result": 12345678901234567892}\n',
    'wrong.ndjson':
      '{"input": {"n": 4}, "entrypoint": "app/sum", "result": 5}\n{"input": {"n": 1}, "entrypoint": "app/allow", "result": true}\n',
    'broken.ndjson': '{"input": {"n": 4}}\n[1]\n',
    'lost.ndjson': '{"input": {}, "entrypoint": "app/gone"}\n',
    'clock.ndjson': '{"input": {}, "entrypoint": "app/at"}\n',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function build(...args: readonly string[]): Promise<Ended> {
  const wanted = ['-e', 'app/allow', '-e', 'app/sum', '-o', 'app.tar.gz']
  return writ(['policy', 'build', 'app.rego', ...wanted, ...args], { cwd: folder })
}

describe('golden vectors', () => {
  test('that hold are answered alike by the module and by OPA', async () => {
    const { code, out } = await build('--vectors', 'good.ndjson')
    expect([code, out]).toEqual([0, expect.stringMatching(/^Built app\.tar\.gz\n/)])
  })

  const rows: readonly [string, readonly string[], string][] = [
    ['that promise another result', ['--vectors', 'wrong.ndjson'], 'its golden vectors do not hold\n  wrong.ndjson:2: app/allow is undefined, and not true\n'],
    ['that differ in the last digit', ['--vectors', 'digits.ndjson'], 'digits.ndjson:1: app/sum is 12345678901234567891, and not 12345678901234567892\n'],
    ['of which the module says another thing than OPA', ['--vectors', 'clock.ndjson', '-e', 'app/at'], 'clock.ndjson:1: app/at is 0 in WebAssembly, and 1'],
    ['that are none', ['--vectors', 'broken.ndjson'], 'broken.ndjson:2: a golden vector is an object with an input, on one line'],
    ['of another entrypoint', ['--vectors', 'lost.ndjson'], 'lost.ndjson:1: "app/gone" is no entrypoint of the build: there are app/allow, app/sum'],
    ['that are not there', ['--vectors', 'gone.ndjson'], 'gone.ndjson: '],
  ] // prettier-ignore
  test.each(rows)('%s', async (_, args, said) => {
    const { code, err } = await build(...args)
    expect([code, err]).toEqual([2, expect.stringContaining(said)])
  })
})

describe('budgets', () => {
  test('a module that is larger than its budget is refused, of any Rego and of a pack', async () => {
    const { code, err } = await build('--max-module', '100')
    const said = /is compiled to \d+ KB, more than its budget of 100 KB: put tables into data/
    expect([code, err]).toEqual([2, expect.stringMatching(said)])
    const built = await writ(['policy', 'build', '--policies', pack, '--max-module', '100'])
    expect([built.code, built.err]).toEqual([2, expect.stringMatching(said)])
  })

  test('Rego that takes longer to compile than its budget is refused', async () => {
    const rows = Array.from({ length: 4_000 }, (_, at) => `"${at}": ${at}`)
    write(folder, {
      'app.rego': `package app\n\nallow if table[input.n]\n\nsum := 1\n\ntable := {${rows.join(', ')}}\n`,
    })
    const { code, err } = await build('--max-seconds', '1', '--no-gates')
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('Compiling the Rego takes more than its budget of 1 s: '),
    ])
  })
})

describe('all gates', () => {
  const rule =
    '# METADATA\n# title: App\npackage gated\n\n# METADATA\n# entrypoint: true\nallow if input.n > 3\n'
  const gated = (...args: readonly string[]): Promise<Ended> =>
    writ(['policy', 'build', 'gates', '-e', 'gated/allow', '-o', 'gated.tar.gz', ...args], {
      cwd: folder,
    })

  test('are held in their order before anything is compiled', async () => {
    write(folder, { 'gates/gated/gated.rego': `${rule}\nmessage := sprintf("%d", [input.n])\n` })
    const linted = await gated('--all-gates')
    expect([linted.code, linted.out]).toEqual([
      1,
      expect.stringMatching(/may not be used.*\[sprintf\][^]*1 finding\.\n$/),
    ])
    write(folder, {
      'gates/gated/gated.rego': `${rule}\nmore := input.n + 1\n`,
      'gates/gated/gated_test.rego':
        'package gated_test\n\nimport data.gated\n\ntest_more if gated.allow with input as {"n": 4}\n',
    })
    const tested = await gated('--all-gates')
    expect([tested.code, tested.out]).toEqual([
      1,
      expect.stringMatching(/Below 100 %: 1 file\.\n1 test passed/),
    ])
    const built = await gated('--all-gates', '--threshold', '50')
    expect([built.code, built.out]).toEqual([0, expect.stringContaining('Built gated.tar.gz')])
  })
})
