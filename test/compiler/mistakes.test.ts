import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildBundle, testPack } from '@writ/compiler'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mistakesOf, openStand, type Stand } from './stand.ts'

let stand: Stand
beforeEach(async () => {
  stand = await openStand()
})
afterEach(() => stand?.close())

const at = (path: string): string => join(stand.policies, path)
const change = (path: string, from: string, to: string): void =>
  writeFileSync(at(path), readFileSync(at(path), 'utf8').replace(from, to))
const write = (path: string, text: string): void => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}
const build = (): Promise<readonly string[]> =>
  mistakesOf(buildBundle({ ...stand.surroundings, policies: stand.policies }))

test('mistakes of every kind are named at once, each at its place', async () => {
  change('deploy/approvals.rego', 'severity: high', 'severity: huge')
  change('deploy/approvals.rego', 'context.environment in', 'context.enviroment in')
  change('access/roles.rego', 'package access.roles', 'package access.role')
  appendFileSync(at('config/kubernetes/privileged.rego'), '\nx if startswith(1, "a")\n')
  write(
    'config/kubernetes/broken.rego',
    'package config.kubernetes.broken\n\napplies contains if\n',
  )
  write('stray.rego', 'package stray\n')
  change('enforcement.json', '"staging": "hard_mandatory"', '"staging": "hard"')
  change('schemas/deploy.json', '{', '{ "required": ["context"], ')
  write('settings/access/data.json', '{')
  expect(await build()).toEqual([
    'access/roles.rego:11:1: the package is access.role; the path of this file makes it access.roles',
    expect.stringMatching(/^config\/kubernetes\/broken\.rego: defines no finding: /),
    'config/kubernetes/broken.rego:3:18: is not Rego: unexpected if keyword',
    expect.stringMatching(/^config\/kubernetes\/broken\.rego:3:18: is not Rego: /),
    'config/kubernetes/broken.rego:4:0: is not Rego: unexpected eof token',
    'config/kubernetes/privileged.rego:25:1: startswith: invalid argument(s)',
    'deploy/approvals.rego:6:1: METADATA: severity must be low, medium, high or critical',
    expect.stringMatching(
      /^deploy\/approvals\.rego:17:12: input\.context\.enviroment is not in the schema: it knows .*environment/,
    ),
    'enforcement.json#/levels/access.roles/staging: must be off, shadow, advisory, soft_mandatory or hard_mandatory, or a list of {"from": instant, "level": level}',
    'enforcement.json#/levels/config.kubernetes.broken: is missing: name a level of config.kubernetes.broken in staging, production',
    'schemas/deploy.json#/required: `required` may not be used: name the path in requires or applies_requires of the rules that need it',
    expect.stringMatching(/^settings\/access\/data\.json: is not JSON: /),
    'stray.rego: lies outside deploy/, access/, config/ and lib/, so nothing would read it: move it there',
  ])
})

test('a builtin that the capabilities list, and nobody has', async () => {
  const listed =
    '{"name": "acme.lookup", "decl": {"type": "function", "args": [{"type": "any"}], "result": {"type": "string"}}},'
  change('capabilities.json', '"builtins": [', `"builtins": [${listed}`)
  write('lib/written.rego', 'package lib.written\n\ntext(x) := acme.lookup(x)\n')
  change(
    'deploy/approvals.rego',
    'applies if ',
    'applies if data.lib.written.text(1) != ""\n\napplies if ',
  )
  expect((await build()).join('\n')).toMatch(
    /^capabilities\.json: lists acme\.lookup, which nobody has/m,
  )
})

test('a builtin that the capabilities leave out', async () => {
  change('deploy/approvals.rego', 'missing > 0', 'missing > 0\n\tlower("A") == "a"')
  expect(await build()).toEqual([
    'deploy/approvals.rego:22:2: there is no function lower: misspelt, or a builtin that capabilities.json does not list',
  ])
})

test('a rule that would make another type than the gathering code reads', async () => {
  change('config/kubernetes/privileged.rego', 'applies contains position if', 'applies if')
  expect(await build()).toContain(
    'config/kubernetes/privileged.rego:13:1: applies must be written `applies contains … if { … }`, or it cannot be gathered',
  )
})

test('what a pack lacks is named', async () => {
  for (const path of ['enforcement.json', 'capabilities.json', 'schemas/access.json'])
    rmSync(at(path))
  expect(await build()).toEqual([
    expect.stringMatching(/^capabilities\.json: is missing/),
    expect.stringMatching(/^enforcement\.json: is missing/),
    expect.stringMatching(/^schemas\/access\.json: is missing/),
  ])
})

test('a setting that a rule reads and nothing sets', async () => {
  change('settings/deploy/data.json', '"required"', '"requires"')
  expect(await build()).toEqual([
    'deploy/approvals.rego:20:13: data.settings.deploy.approvals.required is not in settings/, so the rule would say nothing: set it, or read it with object.get and a default',
  ])
})

test('settings that their own schema refuses, and a schema that is none', async () => {
  const schema = (required: unknown): string =>
    JSON.stringify({
      type: 'object',
      properties: { approvals: { type: 'object', properties: { required } } },
    })
  write('settings/deploy/schema.json', schema({ type: 'string' }))
  expect(await build()).toEqual(['settings/deploy/data.json#/approvals/required: must be a string'])
  write('settings/deploy/schema.json', schema({ type: 'number?' }))
  expect(await build()).toEqual([
    expect.stringMatching(/^settings\/deploy\/schema\.json: the schema cannot be used: /),
  ])
})

test('a folder that is not there', async () => {
  rmSync(stand.policies, { recursive: true })
  expect(await build()).toEqual([`${stand.policies}: is not a folder that can be read`])
})

test('the tests of a pack: what failed, with the values; and what none reaches', async () => {
  const run = () => testPack({ ...stand.surroundings, policies: stand.policies })
  const { passed, failed, coverage } = await run()
  expect([passed, failed]).toEqual([2, 0])
  expect(coverage.find(({ path }) => path === 'deploy/approvals.rego')).toMatchObject({
    percent: 100,
    missing: [],
  })
  expect(coverage.find(({ path }) => path === 'access/roles.rego')).toMatchObject({
    percent: 0,
    missing: ['13', '15'],
  })
  change('deploy/approvals_test.rego', '"1 approvals are', '"2 approvals are')
  const { failures } = await run()
  expect(failures).toEqual([
    {
      pointer: 'deploy/approvals_test.rego:11:1',
      message: expect.stringMatching(
        /^test_author_does_not_count fails: .*:12:[^]*"1 approvals are missing"/,
      ),
    },
  ])
})

test('tests that are no Rego cannot be run, and say where', async () => {
  change('deploy/approvals_test.rego', 'import', 'imprt')
  const found = await mistakesOf(testPack({ ...stand.surroundings, policies: stand.policies }))
  expect(found[0]).toMatch(/^deploy\/approvals_test\.rego:3:1: is not Rego: /)
})
