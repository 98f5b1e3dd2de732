import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pack, write, writ, type Ended } from './command.ts'

const rule = 'package app\n\nallow if input.n > 3\n\nallow if input.n < 0\n'
const reaches =
  'package app_test\n\nimport data.app\n\ntest_more if app.allow with input as {"n": 4}\n'
const fails =
  'package app_test\n\nimport data.app\n\ntest_less if app.allow with input as {"n": 2}\n'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-policy-test-'))
  write(folder, {
    'good/app.rego': rule,
    'good/app_test.rego': reaches,
    'bad/app.rego': rule,
    'bad/app_test.rego': fails,
    'broken/app.rego': rule,
    'broken/app_test.rego': 'package app_test\n\ntest_more if {\n',
    'none/app.rego': rule,
    'old/app.rego': 'package app\n\nallow { input.n > 3 }\n',
    'old/app_test.rego': 'package app\n\ntest_more { allow with input as {"n": 4} }\n',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: readonly string[]): Promise<Ended> {
  return writ(['policy', 'test', ...args], { cwd: folder })
}

describe('the tests of any Rego', () => {
  const good =
    'good/app.rego: no test reaches line 5 (50 % covered)\n1 test passed, 0 failed, 0 skipped.\n'
  const rows: readonly [string, readonly string[], number, string][] = [
    ['that pass', ['good'], 0, good],
    ['that reach enough', ['good', '--threshold', '50'], 0, good],
    ['that reach too little', ['good', '--threshold', '90'], 1, good.replace('1 test', 'Below 90 %: 1 file.\n1 test')],
    ['of which one fails', ['bad/'], 1, 'bad/app_test.rego:5:1: test_less fails: '],
    ['that are older than OPA 1.0', ['old', '--rego-version', '0'], 0, '1 test passed'],
  ] // prettier-ignore
  test.each(rows)('%s', async (_, args, code, said) => {
    const ended = await run(...args)
    expect([ended.code, ended.out, ended.err]).toEqual([code, expect.stringContaining(said), ''])
  })

  test('are told as JSON to whoever asks for it', async () => {
    const { code, out } = await run('good', '--threshold', '100', '--format', 'json')
    expect([code, JSON.parse(out)]).toEqual([
      1,
      {
        passed: 1,
        failed: 0,
        skipped: 0,
        failures: [],
        coverage: [{ path: 'good/app.rego', percent: 50, missing: ['5'] }],
        below: ['good/app.rego'],
        cases: null,
      },
    ])
  })

  const mistakes: readonly [string, readonly string[], string][] = [
    ['that are no Rego', ['broken'], 'broken/app_test.rego:4:1: is not Rego: '],
    ['that are not there', ['none'], 'There is no test in none: tests lie in files named …_test.rego'],
    ['of a folder that is not there', ['gone'], 'gone: is neither a file nor a folder that can be read'],
    ['and of a pack at once', ['good', '--policies', 'good'], '--policies tests a pack, paths any other Rego'],
    ['with a threshold that is none', ['good', '--threshold', '101'], 'It is a number from 0 to 100.'],
  ] // prettier-ignore
  test.each(mistakes)('%s: exit code 2, and why', async (_, args, said) => {
    const { code, err } = await run(...args)
    expect([code, err]).toEqual([2, expect.stringContaining(said)])
  })
})

describe('the cases of a pack', () => {
  const written = (reads: string, fix: string): string => `rule: config.kubernetes.privileged
cases:
  - name: a privileged container
    request:
      kind: config
      subject: { type: user, id: ana }
      action: { name: apply }
      resource: { type: cluster, id: main }
      context:
        documents:
          - type: kubernetes/Deployment.apps
            id: shop/cart
            path: cart.yaml
            content: { spec: { template: { spec: { containers: [{ name: main, securityContext: { privileged: true } }] } } } }
    verdict: fail
    reads: ["${reads}"]
    fix: [{ op: replace, path: /context/documents/0/content/spec/template/spec/containers/0/securityContext/privileged, value: ${fix} }]
`
  const rows: readonly [string, string, string, number, string][] = [
    ['that hold', 'Container main is privileged.', 'false', 0, '1 case passed, in WebAssembly as in OPA, 0 failed.'],
    ['of other words', 'Container main is not', 'false', 1, '“a privileged container”: nobody reads “Container main is not”'],
    ['with a fix that mends nothing', 'Container main is privileged.', 'true', 1, '“a privileged container”: after its fix the verdict is fail'],
  ] // prettier-ignore
  test.each(rows)('%s', async (_, reads, fix, code, said) => {
    const policies = join(folder, 'pack')
    cpSync(pack, policies, { recursive: true })
    write(policies, { 'config/kubernetes/privileged.cases.yaml': written(reads, fix) })
    const ended = await run('--policies', policies)
    expect([ended.code, ended.out]).toEqual([code, expect.stringContaining(said)])
  })
})
