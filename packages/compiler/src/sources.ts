import type { Enforcement, Issue, JsonObject } from '@writ/domain'
import { onStage, inspect, kindsOf, strictCheck, type Compiler, type Stage } from './compile.ts'
import { readAliases, readEnforcement, expandTypes, type Aliases } from './enforcement.ts'
import { checkLibraryFile, checkRuleFile } from './heads.ts'
import { inPairs } from './in-pairs.ts'
import { lintRego } from './lints/lints.ts'
import { annotationsIn, describe, type Described } from './metadata.ts'
import { idOf } from './metadata-fields.ts'
import { readMasks, type Masks } from './masks.ts'
import { jsonOf, type Pack, type RegoFile } from './pack.ts'
import { inOrder } from './place.ts'
import { readSchemas, type Schemas } from './schemas.ts'
import { readSettings, unsetPaths } from './settings.ts'

/** A pack that was understood: everything that a manifest says but for the modules themselves. */
export type Sources = {
  readonly rules: readonly Described[]
  readonly enforcement: Enforcement
  readonly schemas: Schemas
  readonly masks: Masks
  readonly data: JsonObject
}

/** Understands a pack, or names every mistake in it. The strict check and METADATA cost one `opa` run each. */
export async function readSources(
  pack: Pack,
  compiler: Compiler,
): Promise<{ readonly sources: Sources; readonly issues: readonly Issue[] }> {
  const asked = await onStage(compiler, filesOf(pack), (stage) => askOpa(pack, stage))
  const types = jsonOf(pack, 'document-types.json')
  const aliases = readAliases(types.value)
  const described = readRules(pack, asked, aliases.value)
  const held = readLevels(pack, described.rules, aliases.value)
  const [schemas, settings] = [readSchemas(pack), readSettings(pack)]
  const maskFile = jsonOf(pack, 'masks.json')
  const masks = readMasks(maskFile.value)
  // What a broken settings file would have held is not known.
  const unset =
    settings.issues.length > 0
      ? []
      : [...pack.rules, ...pack.library].flatMap((file) => unsetPaths(file, settings.data))
  const parts = [asked, types, aliases, described, held, schemas, settings, maskFile, masks]
  return {
    sources: {
      rules: described.rules,
      enforcement: held.value,
      schemas: schemas.schemas,
      masks: masks.value,
      data: settings.data,
    },
    issues: inOrder([...ownLints(pack), ...unset, ...parts.flatMap(({ issues }) => issues)]),
  }
}

/** What the opa runs say of a pack. */
type Asked = {
  readonly annotations: ReadonlyMap<string, JsonObject>
  /** Files that are no Rego; METADATA that OPA could not read is that too. */
  readonly unread: ReadonlySet<string>
  readonly issues: readonly Issue[]
}

function readRules(
  pack: Pack,
  { annotations, unread }: Asked,
  aliases: Aliases,
): { readonly rules: readonly Described[]; readonly issues: readonly Issue[] } {
  const files = pack.rules.filter(({ path }) => !unread.has(path))
  const read = files.map((file) => describe(file, annotations.get(file.path)))
  const rules = read.flatMap(({ described }) => (described === null ? [] : [described]))
  return {
    rules: rules.map((described) => expanded(described, aliases)),
    issues: read.flatMap(({ issues }) => issues),
  }
}

function readLevels(
  pack: Pack,
  rules: readonly Described[],
  aliases: Aliases,
): ReturnType<typeof readEnforcement> {
  const { value, issues } = jsonOf(pack, 'enforcement.json')
  const ids = pack.rules.map(({ path }) => idOf(path))
  const read = readEnforcement(value, { rules: rules.map(({ rule }) => rule), ids, aliases })
  // A file that is missing or broken is one mistake, which is named already.
  return { value: read.value, issues: value === undefined ? issues : read.issues }
}

/** Mistakes that no OPA is needed for. */
function ownLints({ rules, library }: Pack): readonly Issue[] {
  return [
    ...rules.flatMap((file) => [...checkRuleFile(file), ...lintRego(file)]),
    ...library.flatMap((file) => [...checkLibraryFile(file), ...lintRego(file)]),
  ]
}

async function askOpa(pack: Pack, stage: Stage): Promise<Asked> {
  const [inspected, ...checks] = await inPairs([
    () => inspect(stage),
    ...kindsOf(pack).map((kind) => async () => ({
      value: null,
      issues: await strictCheck(kind, pack, stage),
    })),
  ])
  const checked = checks.flatMap(({ issues }) => issues)
  const lines = new Set(checked.map(({ pointer }) => lineOf(pointer)))
  const more = (inspected?.issues ?? []).filter(({ pointer }) => !lines.has(lineOf(pointer)))
  const unread = (inspected?.issues ?? []).map(({ pointer }) => pointer.split(':')[0] ?? '')
  return {
    annotations: annotationsIn(inspected?.value ?? null),
    unread: new Set(unread),
    issues: [...checked, ...more],
  }
}

/** `file:row` of a place. */
function lineOf(pointer: string): string {
  return pointer.split(':').slice(0, 2).join(':')
}

function filesOf({ rules, library, json }: Pack): readonly RegoFile[] {
  const wanted = [...json].filter(
    ([path]) => path === 'capabilities.json' || path.startsWith('schemas/'),
  )
  return [...rules, ...library, ...wanted.map(([path, text]) => ({ path, text }))]
}

function expanded({ rule, ...rest }: Described, aliases: Aliases): Described {
  return { ...rest, rule: { ...rule, documentTypes: expandTypes(rule.documentTypes, aliases) } }
}
