import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root, write, writ, type Ended } from './command.ts'

const cases = `rule: deploy.approvals
cases:
  - name: one approval is not enough
    request:
      kind: deploy
      subject: { type: service, id: pipeline }
      action: { name: deploy }
      resource: { type: service, id: checkout }
      context: { environment: production, change: { author: ana, approvals: [{ by: ben }] } }
    verdict: fail
    reads: ['1 approvals are missing']
    fix: [{ op: add, path: /context/change/approvals/1, value: { by: chen } }]
`

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'writ-diff-'))
  const small = join(root, 'test', 'compiler', 'pack')
  for (const name of ['before', 'after']) cpSync(small, join(folder, name), { recursive: true })
  write(folder, { 'before/deploy/approvals.cases.yaml': cases })
  change(
    'after/enforcement.json',
    '"staging": "advisory", "production": "hard_mandatory"',
    '"staging": "shadow", "production": "hard_mandatory"',
  )
  change('after/settings/deploy/data.json', '"required": 2', '"required": 1')
  change('after/access/roles.rego', 'severity: high', 'severity: low')
  change('after/config/kubernetes/privileged.rego', 'is privileged', 'is very privileged')
  await run('build', '--policies', 'before', '--output', 'built')
  write(folder, {
    'old.rego': 'package app\n\nallow if input.n > 3\n\ndeny if lower(input.s) == "a"\n',
    'new.rego':
      'package app\n\n# As before, in other words.\nallow if\n\tinput.n > 3\n\ndeny if upper(input.s) == "A"\n\nmore := 1\n',
    'data.json': '{"n": 1.0, "list": [1, 2]}',
    'other.json': '{"n": 1, "list": [2, 1]}',
  })
  await run('build', 'old.rego', 'data.json', '-e', 'app/allow', '-o', 'old.tar.gz')
  await run('build', 'new.rego', 'other.json', '-e', 'app/deny', '-e', 'app/allow', '-o', 'new.tar.gz') // prettier-ignore
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function change(path: string, from: string, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8')
  expect(text).toContain(from)
  writeFileSync(join(folder, path), text.replace(from, to))
}

function run(...args: readonly string[]): Promise<Ended> {
  return writ(['policy', ...args], { cwd: folder })
}

test('two packs: rules, levels, data, and the cases that are judged otherwise', async () => {
  const { code, out } = await run('diff', 'before', 'after')
  expect([code, out]).toEqual([
    1,
    `Rules:
  ~ access.roles: severity
  ~ config.kubernetes.privileged: code
Levels:
  deploy.approvals in staging: advisory → shadow
Data:
  /settings/deploy/approvals/required: 2 → 1
Cases:
  deploy.approvals, “one approval is not enough”: fail → pass
`,
  ])
})

test('a pack that was built elsewhere differs by module', async () => {
  const { code, out } = await run('diff', 'built', 'after')
  expect([code, out]).toEqual([1, expect.stringContaining('  ~ module config/kubernetes: code\n')])
  const same = await run('diff', 'built', 'before')
  expect([same.code, same.out]).toEqual([0, 'Nothing differs.\n'])
})

test('a rule that came, and one that went', async () => {
  cpSync(join(folder, 'before'), join(folder, 'less'), { recursive: true })
  rmSync(join(folder, 'less', 'config'), { recursive: true })
  change(
    'less/enforcement.json',
    '"config.kubernetes.privileged": {\n      "staging": "advisory",\n      "production": [\n        { "from": "2026-01-01T00:00:00.000Z", "level": "advisory" },\n        { "from": "2026-12-01T00:00:00.000Z", "level": "soft_mandatory" }\n      ]\n    },\n',
    '',
  )
  change(
    'less/enforcement.json',
    '"governed": { "production": ["kubernetes/workloads"] }',
    '"governed": {}',
  )
  const level =
    'config.kubernetes.privileged in production: advisory; from 2026-12-01 soft mandatory'
  const less = await run('diff', 'before', 'less')
  expect([less.code, less.out]).toEqual([1, expect.stringContaining(`${level} → nothing\n`)])
  expect(less.out).toContain('  - config.kubernetes.privileged\n')
  const more = await run('diff', 'less', 'before')
  expect(more.out).toContain('  + config.kubernetes.privileged\n')
})

describe('any Rego', () => {
  test('its rules, whatever they are written in, data to the digit, builtins and entrypoints', async () => {
    const { code, out } = await run('diff', 'old.tar.gz', 'new.tar.gz', '--format', 'json')
    expect([code, JSON.parse(out)]).toEqual([
      1,
      {
        rules: {
          added: ['app.more'],
          removed: [],
          changed: [{ rule: 'app.deny', what: ['code'] }],
        },
        levels: [],
        data: [
          { pointer: '/list', before: '[1,2]', after: '[2,1]' },
          { pointer: '/n', before: '1.0', after: '1' },
        ],
        builtins: { added: ['upper'], removed: ['lower'] },
        entrypoints: { added: ['app/deny'], removed: [] },
        verdicts: null,
        results: null,
      },
    ])
  })
  test('what becomes of inputs', async () => {
    write(folder, {
      'other.rego': 'package app\n\nallow if input.n > 4\n\ndeny if input.n < 0\n',
      'inputs.ndjson': '{"n": 3}\n{"n": 4}\n\n{"n": 5}\n',
    })
    await run('build', 'other.rego', 'data.json', '-e', 'app/allow', '-o', 'other.tar.gz')
    const { code, out } = await run('diff', 'old.tar.gz', 'other.tar.gz', '--inputs', 'inputs.ndjson') // prettier-ignore
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/\nInputs:\n {2}2, app\/allow: true → undefined\n$/),
    ])
    const gone = await run('diff', 'old.tar.gz', 'other.tar.gz', '--inputs', 'gone.ndjson')
    expect([gone.code, gone.err]).toEqual([2, expect.stringContaining('gone.ndjson: ')])
    const packs = await run('diff', 'before', 'before', '--inputs', 'inputs.ndjson')
    expect([packs.code, packs.err]).toEqual([2, expect.stringContaining('a pack has its cases')])
  })
  test('is compared with no pack', async () => {
    const { code, err } = await run('diff', 'old.tar.gz', 'before')
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('old.tar.gz and before cannot be compared'),
    ])
  })
})
