import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pack, write, writ, type Ended } from './command.ts'
import { deployment } from './manifests.ts'

const folder = mkdtempSync(join(tmpdir(), 'writ-data-'))

const registry = `# METADATA
# title: Images come from known registries
# description: An image comes from a registry of the settings.
# custom:
#   id: config.kubernetes.registry
#   severity: high
#   controls: []
#   remediation: Take it from a registry of the settings.
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.registry

applies contains position if {
	some position, document in input.context.documents
	document.type in {"kubernetes/Pod", "kubernetes/Deployment.apps"}
}

finding contains {"message": message, "document": position} if {
	some position in applies
	some container in input.context.documents[position].content.spec.template.spec.containers
	every begin in data.settings.config.registries { not startswith(container.image, begin) }
	not data.settings.config.exempt[container.name]
	message := $"{container.image} comes from elsewhere."
}
`
const reason = { type: 'object', required: ['why'], properties: { why: { type: 'string' } } }
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['registries', 'exempt'],
  properties: {
    registries: { description: 'Registries.', type: 'array', items: { type: 'string' } },
    exempt: { description: 'Containers.', type: 'object', additionalProperties: reason },
  },
}

beforeAll(() => {
  cpSync(pack, join(folder, 'own'), { recursive: true })
  const levels = JSON.parse(readFileSync(join(folder, 'own/enforcement.json'), 'utf8'))
  levels.levels['config.kubernetes.registry'] = {
    development: 'hard_mandatory',
    staging: 'hard_mandatory',
    production: 'hard_mandatory',
  }
  write(folder, {
    'own/enforcement.json': JSON.stringify(levels),
    'own/config/kubernetes/registry.rego': registry,
    'own/settings/config/schema.json': JSON.stringify(schema),
    'own/settings/config/data.json': JSON.stringify({
      registries: ['registry.example/'],
      exempt: { app2: { why: 'it is old' } },
    }),
    'shop.yaml': deployment('checkout'),
    'other.yaml': 'settings: { config: { registries: [registry.other/] } }\n',
    'excused.json': '{"settings": {"config": {"exempt": {"app": {"why": "it moves"}}}}}',
    'team/settings/config/registries.yaml': 'registries: [registry.other/]\n',
    'team/settings/config/schema.json': 'not even JSON',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function check(...args: readonly string[]): Promise<Ended> {
  return writ(['check', 'shop.yaml', '--policies', 'own', ...args], { cwd: folder })
}

function digestIn({ out }: Ended): string | undefined {
  return /data (sha256:[0-9a-f]{64})/.exec(out)?.[1]
}

describe('--data', () => {
  test('lays settings over those of the policies, and says so with the digest of what came of it', async () => {
    expect((await check()).code).toBe(0)
    const other = await check('--data', 'other.yaml')
    expect(other.out).toContain('registry.example/shop/checkout:1.0.0 comes from elsewhere.')
    expect(other.out).toContain('with the settings of other.yaml (data sha256:')
    expect(other.code).toBe(1)
    const json = JSON.parse((await check('--data', 'other.yaml', '--format', 'json')).out)
    expect(json.settings).toEqual({ files: ['other.yaml'], digest: digestIn(other) })
  })
  test('takes several, whose tables are merged', async () => {
    const both = await check('--data', 'other.yaml', '--data', 'excused.json')
    expect(both.out).toContain('with the settings of other.yaml and excused.json')
    expect(both.code).toBe(0)
    expect(digestIn(both)).not.toBe(digestIn(await check('--data', 'other.yaml')))
  })
  test('takes a folder, where folders are keys and a schema is no data', async () => {
    const [whole, part] = [await check('--data', 'team'), await check('--data', 'other.yaml')]
    expect(whole.code).toBe(1)
    expect(digestIn(whole)).toBe(digestIn(part))
  })
  test('may stand in writ.yaml, and begins where that lies', async () => {
    write(folder, {
      'writ.yaml': 'data: [other.yaml]\npolicies: own\n',
      'deep/x.yaml': deployment('x'),
    })
    const { out, code } = await writ(['check', 'x.yaml', '--config', '../writ.yaml'], {
      cwd: join(folder, 'deep'),
    })
    rmSync(join(folder, 'writ.yaml'))
    expect(out).toContain(`sets policies ${join('..', 'own')}, data ${join('..', 'other.yaml')}.`)
    expect(code).toBe(1)
  })
  test('null removes an entry', async () => {
    writeFileSync(join(folder, 'null.yaml'), 'settings: {config: {exempt: {app2: null}}}')
    expect(digestIn(await check('--data', 'null.yaml'))).toBeDefined()
  })
  test('a list stands in for that of the policies, or changes it', async () => {
    const registries = (words: string) =>
      writeFileSync(join(folder, 'list.yaml'), `settings: {config: {registries: ${words}}}`)
    registries('{add: [registry.other/, registry.example/]}')
    const added = await check('--data', 'list.yaml')
    expect(added.code, added.err).toBe(0)
    registries('{add: [registry.other/], remove: [registry.example/]}')
    const changed = await check('--data', 'list.yaml')
    expect(changed.code, changed.err).toBe(1)
    expect(digestIn(changed)).toBe(digestIn(await check('--data', 'other.yaml')))
  })
  test('is refused with a service, which judges by its own', async () => {
    const { code, err } = await check('--data', 'other.yaml', '--server', 'http://127.0.0.1:9')
    expect(err).toContain('exclude each other: the service judges by its own')
    expect(code).toBe(2)
  })
})

describe('a mistake in settings is named with its line and the way out', () => {
  const mistakes: readonly [string, string][] = [
    ['settings:\n  config:\n    registrys: []', 'given.yaml:3: settings.config.registrys is not known: did you mean registries?'],
    ['settings:\n  config:\n    zzz: []', 'given.yaml:3: settings.config.zzz is not known: there are exempt, registries'],
    ['settings:\n  confg: {}', 'given.yaml:2: settings.confg is not known: did you mean config?'],
    ['setings: {}', 'given.yaml:1: setings is not known: did you mean settings?'],
    ['settings: 1', 'given.yaml:1: settings must be an object'],
    ['settings:\n  config:\n    registries: a', 'given.yaml:3: settings.config.registries must be a list'],
    ['settings:\n  config:\n    registries:\n      - a\n      - 1', 'given.yaml:5: settings.config.registries.1 must be a string'],
    ['settings:\n  config:\n    registries: null', 'given.yaml:2: settings.config must have the field "registries"'],
    ['settings:\n  config:\n    exempt:\n      app: {}', 'given.yaml:4: settings.config.exempt.app must have the field "why"'],
    ['settings:\n  config:\n    exempt:\n      app3: null', 'given.yaml:4: settings.config.exempt.app3 is not known: did you mean app2?'],
    ['settings:\n  config:\n    registries: {ad: [a]}', 'given.yaml:3: settings.config.registries.ad is not known: did you mean add?'],
    ['settings:\n  config:\n    registries: {}', 'given.yaml:3: settings.config.registries must be a list'],
    ['settings:\n  config:\n    registries: {add: a}', 'given.yaml:3: settings.config.registries.add must be a list'],
    ['settings:\n  config:\n    registries:\n      remove: [a]', 'given.yaml:4: settings.config.registries.remove.0 is not in the list that it is to be removed from'],
    ['settings:\n  config:\n    registries: {add: [1]}', 'given.yaml:3: settings.config.registries.1 must be a string'],
    ['- 1', 'given.yaml:1: it must hold keys with values'],
    ['a: [', 'given.yaml:1: a bracket or brace is opened and never closed'],
  ] // prettier-ignore
  test.each(mistakes)('%j', async (text, message) => {
    writeFileSync(join(folder, 'given.yaml'), text)
    const { code, out, err } = await check('--data', 'given.yaml')
    expect(err).toContain(message)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
  test('two files that say different things', async () => {
    writeFileSync(join(folder, 'given.yaml'), '\nsettings: {config: {registries: []}}')
    const { code, err } = await check('--data', 'other.yaml', '--data', 'given.yaml')
    expect(err).toContain(
      'given.yaml:2: settings.config.registries is set differently by other.yaml:1: leave one of them out',
    )
    expect(code).toBe(2)
  })
  test('what cannot be read, and a folder without data', async () => {
    write(folder, { 'empty/README.md': '' })
    const { code, err } = await check('--data', 'gone.yaml', '--data', 'empty')
    expect(err).toContain('gone.yaml: there is no such file or folder')
    expect(err).toContain('empty: the folder holds no .json, .yaml or .yml file')
    expect(code).toBe(2)
  })
  test('policies that describe no settings', async () => {
    const args = ['check', 'shop.yaml', '--policies', pack, '--data', 'other.yaml']
    const { code, err } = await writ(args, { cwd: folder })
    expect(err).toContain('these policies describe no settings')
    expect(code).toBe(2)
  })
})
