import type { Issue, JsonObject, Rule } from '@writ/domain'
import { onStage, inspect, kindsOf, strictCheck, type Stage } from './compile.ts'
import { readAliases, readEnforcement, expandTypes, type Aliases } from './enforcement.ts'
import { checkLibraryFile, checkRuleFile } from './heads.ts'
import { inPairs } from './in-pairs.ts'
import { lintRego } from './lints.ts'
import { annotationsIn, describe, type Described } from './metadata.ts'
import { idOf } from './metadata-fields.ts'
import { jsonOf, type Pack, type RegoFile } from './pack.ts'
import { inOrder } from './place.ts'
import { readSchemas, type Schemas } from './schemas.ts'
import { readSettings } from './settings.ts'
import type { Enforcement } from '@writ/domain'

/** A pack that was understood: everything that a manifest says but for the modules themselves. */
export type Sources = {
  readonly rules: readonly Described[]
  readonly enforcement: Enforcement
  readonly schemas: Schemas
  readonly data: JsonObject
}

/** Understands a pack, or names every mistake in it. The strict check and METADATA cost one `opa` run each. */
export async function readSources(
  pack: Pack,
  { opa, under }: { readonly opa: string; readonly under: string },
): Promise<{ readonly sources: Sources; readonly issues: readonly Issue[] }> {
  const { inspected, checked } = await onStage({ opa, under, files: filesOf(pack) }, (stage) =>
    askOpa(pack, stage),
  )
  const annotations = annotationsIn(inspected.value)
  // When METADATA could not be read at all, that is the mistake, not that each rule has none.
  const described =
    inspected.issues.length > 0
      ? []
      : pack.rules.map((file) => describe(file, annotations.get(file.path)))
  const types = jsonOf(pack, 'document-types.json')
  const aliases = readAliases(types.value)
  const rules = described.flatMap(({ described }) =>
    described === null ? [] : [expanded(described, aliases.value)],
  )
  const levels = jsonOf(pack, 'enforcement.json')
  const ids = pack.rules.map(({ path }) => idOf(path))
  const enforcement = readEnforcement(levels.value, {
    rules: rules.map(ruleOf),
    ids,
    aliases: aliases.value,
  })
  const schemas = readSchemas(pack)
  const settings = readSettings(pack)
  const found = [
    ...checked,
    ...inspected.issues,
    ...ownLints(pack),
    ...described.flatMap(({ issues }) => issues),
    ...[types, aliases, levels, schemas, settings].flatMap(({ issues }) => issues),
    ...(levels.value === undefined ? [] : enforcement.issues),
  ]
  return {
    sources: {
      rules,
      enforcement: enforcement.value,
      schemas: schemas.schemas,
      data: settings.data,
    },
    issues: inOrder(found),
  }
}

/** Mistakes that no OPA is needed for. */
export function ownLints({ rules, library }: Pack): readonly Issue[] {
  return [
    ...rules.flatMap((file) => [...checkRuleFile(file), ...lintRego(file)]),
    ...library.flatMap((file) => [...checkLibraryFile(file), ...lintRego(file)]),
  ]
}

async function askOpa(pack: Pack, stage: Stage) {
  const [inspected, ...checked] = await inPairs([
    () => inspect(stage),
    ...kindsOf(pack).map((kind) => async () => ({
      value: null,
      issues: await strictCheck(kind, pack, stage),
    })),
  ])
  return {
    inspected: inspected ?? { value: null, issues: [] },
    checked: checked.flatMap(({ issues }) => issues),
  }
}

function filesOf({ rules, library, json }: Pack): readonly RegoFile[] {
  const wanted = [...json].filter(
    ([path]) => path === 'capabilities.json' || path.startsWith('schemas/'),
  )
  return [...rules, ...library, ...wanted.map(([path, text]) => ({ path, text }))]
}

function expanded({ file, rule }: Described, aliases: Aliases): Described {
  return { file, rule: { ...rule, documentTypes: expandTypes(rule.documentTypes, aliases) } }
}

function ruleOf({ rule }: Described): Rule {
  return rule
}
