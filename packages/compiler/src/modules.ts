import type { Kind } from '@writ/domain'
import { definitionsOf, librariesIn } from './definitions.ts'
import type { Described } from './metadata.ts'
import { idOf } from './metadata-fields.ts'
import type { RegoFile } from './pack.ts'

/** What becomes one WebAssembly module: the rules of a kind, and of one family of documents in config. */
export type ModulePlan = {
  readonly name: string
  readonly kind: Kind
  readonly rules: readonly Described[]
  /** Its rules, the library files that they need, and the code that gathers; sorted by path. */
  readonly files: readonly RegoFile[]
  /** The entrypoint that gives all rules at once. */
  readonly gather: string
  /** The one that gives those that compare no documents; the same where no rule does. */
  readonly gatherSome: string
  /** Rule id → its own entrypoint. */
  readonly entrypoints: ReadonlyMap<string, string>
}

/** Every entrypoint of a module, each once. */
export function entrypointsOf({ gather, gatherSome, entrypoints }: ModulePlan): readonly string[] {
  return [...new Set([gather, gatherSome, ...entrypoints.values()])]
}

/** The modules of a pack, in order of name. */
export function planModules(
  rules: readonly Described[],
  library: readonly RegoFile[],
): readonly ModulePlan[] {
  const names = [...new Set(rules.map(moduleNameOf))].toSorted()
  return names.map((name) => {
    const own = rules.filter((described) => moduleNameOf(described) === name)
    return planModule({ name, kind: own[0]?.rule.kind ?? 'deploy', rules: own }, library)
  })
}

/** The files with the library files that they need, directly or through others. */
export function withLibrary(
  files: readonly RegoFile[],
  library: readonly RegoFile[],
): readonly RegoFile[] {
  const byPackage = new Map(library.map((file) => [idOf(file.path), file]))
  const needed = new Map<string, RegoFile>()
  const waiting = [...files]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const name of librariesIn(definitionsOf(file.text))) {
      const found = byPackage.get(name)
      if (found === undefined || needed.has(name)) continue
      needed.set(name, found)
      waiting.push(found)
    }
  }
  return byPath([...files, ...needed.values()])
}

function moduleNameOf({ rule: { kind, id } }: Described): string {
  return kind === 'config' ? `config/${id.split('.')[1]}` : kind
}

function planModule(
  plan: Pick<ModulePlan, 'name' | 'kind' | 'rules'>,
  library: readonly RegoFile[],
): ModulePlan {
  const generated = [
    ...plan.rules.map(({ rule, file }) => ({
      path: `writ/rule/${file.path}`,
      text: ruleCode(rule.id, plan.kind),
    })),
    { path: 'writ/gather.rego', text: gatherCode(plan.rules) },
  ]
  const own = withLibrary(
    plan.rules.map(({ file }) => file),
    library,
  )
  return {
    ...plan,
    files: byPath([...own, ...generated]),
    gather: gatherAll,
    gatherSome: plan.rules.some(isCrossing) ? 'writ/gather/each' : gatherAll,
    entrypoints: new Map(
      plan.rules.map(({ rule: { id } }) => [id, `writ/rule/${id.replaceAll('.', '/')}/result`]),
    ),
  }
}

/**
 * One rule's answer as an object. It lies outside the rule's package, where Rego would call it recursion. Findings are
 * read only where the rule applies. They leave WebAssembly in the order of their hashes, and whoever reads them sorts
 * them: Rego's own sort compares each with each there, which for a thousand findings costs more than finding them.
 */
function ruleCode(id: string, kind: Kind): string {
  const rule = `data.${id}`
  const finding = `"finding": ${rule}.finding`
  const result =
    kind === 'config'
      ? `{"applies": ${rule}.applies, ${finding}} if count(${rule}.applies) > 0`
      : `{"applies": true, ${finding}} if ${rule}.applies`
  return `package writ.rule.${id}\n\nresult := ${result}\n\nelse := {}\n`
}

const gatherAll = 'writ/gather/result'

function isCrossing({ rule }: Described): boolean {
  return rule.crossesDocuments
}

function gatherCode(rules: readonly Described[]): string {
  const all = `package writ.gather\n\nresult := ${resultsCode(rules)}`
  if (!rules.some(isCrossing)) return all
  return `${all}\neach := ${resultsCode(rules.filter((one) => !isCrossing(one)))}`
}

function resultsCode(rules: readonly Described[]): string {
  const members = rules.map(({ rule: { id } }) => `\t"${id}": data.writ.rule.${id}.result,\n`)
  return `{\n${members.join('')}}\n`
}

function byPath(files: readonly RegoFile[]): readonly RegoFile[] {
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1))
}
