import { manifestSchema, type BundleFiles, type Manifest } from '@writ/contract'
import { canonicalText } from '@writ/ledger'
import type { Rule } from '@writ/domain'
import { stepWords } from '../rule-page.ts'
import { idOf } from '../metadata-fields.ts'
import { readPack, type RegoFile } from '../pack.ts'
import { dataBetween } from './data.ts'
import { namesBetween, type Difference, type LevelChange } from './difference.ts'

/** A pack that was built, and the folder of its sources where they are at hand. */
export type BuiltPack = { readonly bundle: BundleFiles; readonly policies: string | null }

/**
 * What differs between two packs. Whether the code of a rule differs is said where both have sources; else the modules
 * that differ are named.
 */
export function diffPacks(before: BuiltPack, after: BuiltPack): Difference {
  const [left, right] = [manifestIn(before.bundle), manifestIn(after.bundle)]
  const ids = namesBetween(idsOf(left), idsOf(right))
  const code = codeBetween(before, after)
  const changed = left.rules.flatMap((rule) => {
    const other = right.rules.find(({ id }) => id === rule.id)
    const fields = other === undefined ? [] : fieldsBetween(rule, other)
    const what = [...fields, ...(code.has(rule.id) ? ['code'] : [])]
    return other === undefined || what.length === 0 ? [] : [{ rule: rule.id, what }]
  })
  const elsewhere = [...code].filter((name) => !idsOf(left).includes(name))
  return {
    rules: {
      ...ids,
      changed: [...changed, ...elsewhere.map((rule) => ({ rule, what: ['code'] }))],
    },
    levels: levelsBetween(left, right),
    data: dataBetween(before.bundle.files.get('data.json'), after.bundle.files.get('data.json')),
    builtins: namesBetween(left.builtins, right.builtins),
    entrypoints: { added: [], removed: [] },
  }
}

function manifestIn({ files }: BundleFiles): Manifest {
  return manifestSchema.parse(
    JSON.parse(Buffer.from(files.get('manifest.json') ?? '{}').toString()),
  )
}

function idsOf({ rules }: Manifest): readonly string[] {
  return rules.map(({ id }) => id)
}

function fieldsBetween(before: Rule, after: Rule): readonly string[] {
  return Object.entries(after)
    .filter(([name, value]) => canonicalText(value) !== canonicalText(Reflect.get(before, name)))
    .map(([name]) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
}

/** The rules and libraries whose text differs, or, where a side has no sources, the modules. */
function codeBetween(before: BuiltPack, after: BuiltPack): ReadonlySet<string> {
  if (before.policies === null || after.policies === null)
    return modulesBetween(manifestIn(before.bundle), manifestIn(after.bundle))
  const [left, right] = [readPack(before.policies), readPack(after.policies)]
  const texts = new Map(filesOf(right.pack).map(({ path, text }) => [path, text]))
  const changed = filesOf(left.pack).filter(({ path, text }) => {
    const other = texts.get(path)
    return other !== undefined && codeOf(other) !== codeOf(text)
  })
  return new Set(changed.map(({ path }) => idOf(path)))
}

function modulesBetween(before: Manifest, after: Manifest): ReadonlySet<string> {
  const digests = new Map(after.modules.map(({ name, compiledDigest }) => [name, compiledDigest]))
  const changed = before.modules.filter(({ name, compiledDigest }) => {
    const other = digests.get(name)
    return other !== undefined && other !== compiledDigest
  })
  return new Set(changed.map(({ name }) => `module ${name}`))
}

function filesOf({
  rules,
  library,
}: {
  readonly rules: readonly RegoFile[]
  readonly library: readonly RegoFile[]
}): readonly RegoFile[] {
  return [...rules, ...library]
}

/** Without its comments: METADATA is told field by field. */
function codeOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
}

function levelsBetween(before: Manifest, after: Manifest): readonly LevelChange[] {
  const rules = [...new Set([...idsOf(before), ...idsOf(after)])].toSorted()
  const environments = [
    ...new Set([...before.enforcement.environments, ...after.enforcement.environments]),
  ]
  return rules.flatMap((rule) =>
    environments.flatMap((environment) => {
      const [left, right] = [before, after].map((manifest) => levelIn(manifest, rule, environment))
      if (left === undefined || right === undefined || left === right) return []
      return [{ rule, environment, before: left, after: right }]
    }),
  )
}

function levelIn({ rules, enforcement }: Manifest, id: string, environment: string): string | null {
  const steps = enforcement.levels[id]?.[environment]
  const rule = rules.find((one) => one.id === id)
  return steps === undefined || rule === undefined ? null : stepWords(steps, rule.effectiveOn)
}
