import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileSchema, hostBuiltins } from '@writ/rego'
import { isMandatory, kinds, levelOf, type Level, type Rule } from '@writ/domain'
import { beforeAll, expect, test } from 'vitest'
import { byFamily, familyOf, policies, readCases } from './cases.ts'
import { kindOf } from './judge.ts'
import { now, shippedPack, type ShippedPack } from './pack.ts'

let pack: ShippedPack
beforeAll(async () => {
  pack = await shippedPack()
})

const textOf = (path: string): string => readFileSync(join(policies, path), 'utf8')
const kubernetes = JSON.parse(textOf('settings/config/data.json')).kubernetes as {
  readonly pod_templates: Readonly<Record<string, readonly string[]>>
  readonly system_components: Readonly<Record<string, Exemption & { readonly type: string }>>
  readonly system_images: Readonly<
    Record<string, Exemption & { readonly types: readonly string[] }>
  >
}
type Exemption = { readonly may: readonly string[]; readonly why: string }

test('config.kubernetes: every workload that is governed has its pod template in the settings, and every template its workload', () => {
  const workloads = JSON.parse(textOf('document-types.json'))['kubernetes/workloads'] as string[]
  expect(Object.keys(kubernetes.pod_templates).toSorted()).toEqual(workloads.toSorted())
})

test('config.kubernetes: an exemption names one workload or one image, rights that rules ask for, and why', () => {
  const { pod_templates: templates, system_components: named, system_images: images } = kubernetes
  const exemptions = [
    ...Object.entries(named).map(([name, { type, ...rest }]) => ({ name, types: [type], ...rest })),
    ...Object.entries(images).map(([name, rest]) => ({ name, ...rest })),
  ]
  const rules = globSync('config/kubernetes/*.rego', { cwd: policies }).map(textOf).join('\n')
  for (const { name, types, may, why } of exemptions) {
    expect(Object.keys(templates), name).toEqual(expect.arrayContaining([...types]))
    expect(why, name).toMatch(/\w{3}/)
    for (const right of may) expect(rules, `${name}: ${right}`).toContain(`"${right}"`)
  }
  for (const name of Object.keys(named)) expect(name).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/)
  // With its registry, as rules look it up, and of every version.
  for (const name of Object.keys(images))
    expect(name).toMatch(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[a-z0-9_.-]+)+$/)
})

test('the settings that a case is about are those that the schemas describe', () => {
  const check = Object.fromEntries(
    kinds.map((kind) => [kind, compileSchema(JSON.parse(textOf(`settings/${kind}/schema.json`)))]),
  )
  for (const { rule, name, request, settings } of readCases()) {
    const kind = kindOf(request)
    const found = check[kind]?.(pack.settingsFor(kind, settings)[kind]) ?? []
    // A case about a family of documents holds what its rule reads, and no more.
    const mistakes = found.filter(
      ({ pointer, message }) =>
        pointer.split('/').length > 2 || !message.includes('have the field'),
    )
    expect(mistakes, `${rule}: ${name}`).toEqual([])
  }
})

type Schema = {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly items?: Schema
}

/** Every member of a schema, by its pointer. */
function membersOf(
  { properties = {}, additionalProperties, items }: Schema,
  at = '',
): readonly (readonly [string, Schema])[] {
  const named = [...Object.entries(properties), ...[['*', additionalProperties], ['*', items]] as const] // prettier-ignore
  return named.flatMap(([name, member]) =>
    typeof member === 'object'
      ? [[`${at}/${name}`, member] as const, ...membersOf(member, `${at}/${name}`)]
      : [],
  )
}

test.each(kinds)(
  '%s: every fact of the request is described, and so is each that a rule must know',
  (kind) => {
    const members = new Map(membersOf(JSON.parse(textOf(`schemas/${kind}.json`))))
    for (const [pointer, { description = '' }] of members)
      expect(description, pointer).toMatch(/^[A-Z0-9`][^]*\.$/)
    const { rules } = pack.bundleWith('deploy', {})
    for (const { id, appliesRequires, requires } of rules.filter((rule) => rule.kind === kind))
      for (const pointer of [...appliesRequires, ...requires])
        expect(members.has(pointer), `${id}: ${pointer}`).toBe(true)
  },
)

const families = byFamily(readCases(), ({ rule }) => rule).map(([family]) => family)

/** The rules of a family, each with its level in an environment. */
function levelsOf(family: string, environment: string): readonly (readonly [Rule, Level])[] {
  const { rules, enforcement } = pack.bundleWith('deploy', {})
  return rules
    .filter(({ id }) => familyOf(id) === family)
    .map((rule) => [rule, levelOf(enforcement, rule, { environment, now })])
}

test.each(families)(
  '%s: a rule that a waiver may excuse says who grants it, and one that none may excuse names nobody',
  (family) => {
    for (const [rule, level] of levelsOf(family, 'production'))
      expect(rule.waivableBy.length > 0, rule.id).toBe(level !== 'hard_mandatory')
  },
)

const heldFromTheStart = [
  'access.roles',
  'config.github.environment_files',
  'config.github.script_injection',
  'config.github.untrusted_checkout',
]

test.each(families)(
  '%s: only access rules and what outsiders can use hold without advice first',
  (family) => {
    const held = levelsOf(family, 'development').filter(([, level]) => isMandatory(level))
    expect(held.map(([{ id }]) => id)).toEqual(
      heldFromTheStart.filter((id) => familyOf(id) === family),
    )
  },
)

test.each(families)('%s: the README lists every rule with its level in production', (family) => {
  const rows = [...textOf('README.md').matchAll(/^\| `([a-z_.]+)` +\|[^|]+\| ([a-z ]+?) +\|$/gm)]
  const listed = rows.filter(([, name]) => familyOf(name ?? '') === family)
  expect(listed.map(([, id, level]) => `${id} ${level}`).toSorted()).toEqual(
    levelsOf(family, 'production')
      .map(([{ id }, level]) => `${id} ${level.replace('_', ' ')}`)
      .toSorted(),
  )
})

test('the README lists rules of families that stand only', () => {
  const names = [
    ...textOf('README.md').matchAll(/^\| `((?:deploy|access|config|system)\.[^`]+)`/gm),
  ]
  for (const [, name] of names) expect(families, name).toContain(familyOf(name ?? ''))
})

test('a policy may use every builtin that this host brings, but for the clock and an old name', () => {
  const { builtins } = JSON.parse(textOf('capabilities.json')) as { builtins: { name: string }[] }
  const allowed = builtins.map(({ name }) => name)
  expect(allowed.length).toBe(new Set(allowed).size)
  expect(hostBuiltins.filter((name) => !allowed.includes(name))).toEqual([
    'net.cidr_overlap',
    'time.now_ns',
  ])
})
