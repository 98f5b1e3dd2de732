import { goBuiltinsFile, type Manifest, type ManifestModule } from '@writ/contract'
import type { Issue, Rule } from '@writ/domain'
import { digestOf } from '@writ/ledger'
import { dataFile, inManifest, manifestFile } from './manifest.ts'

/** Everything in which a manifest contradicts itself, or the files beside it. */
export function contradictionsIn(
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): readonly Issue[] {
  return [
    ...ruleIssues(manifest),
    ...manifest.modules.flatMap((module, place) => moduleIssues(manifest, module, place)),
    ...schemaIssues(manifest),
    ...enforcementIssues(manifest),
    ...fileIssues(manifest, files),
  ]
}

/** Each rule is there once, and in one module of its kind. */
function ruleIssues({ rules, modules }: Manifest): readonly Issue[] {
  return rules.flatMap((rule, place) => {
    const homes = modules.filter((module) => Object.hasOwn(module.rules, rule.id))
    const isTwice = rules.findIndex(({ id }) => id === rule.id) !== place
    const isHome = homes.length === 1 && homes[0]?.kind === rule.kind
    return [
      ...(isTwice ? [`the rule ${rule.id} comes twice`] : []),
      ...(isHome
        ? []
        : [
            `the rule ${rule.id} must be in one module of the kind ${rule.kind}, and is in ${homes.length}`,
          ]),
    ].map((message) => inManifest(`/rules/${place}`, message))
  })
}

function moduleIssues(
  { rules }: Manifest,
  module: ManifestModule,
  place: number,
): readonly Issue[] {
  const known = new Map<string, Rule>(rules.map((rule) => [rule.id, rule]))
  const strangers = Object.keys(module.rules).filter((id) => !known.has(id))
  const read = Object.keys(module.rules).flatMap((id) => known.get(id)?.documentTypes ?? [])
  const unlisted = [...new Set(read)].filter((type) => !module.documentTypes.includes(type))
  return [
    ...strangers.map((id) => `the rule ${id} is not among the rules`),
    ...batchIssues(module, known),
    ...unlisted.map(
      (type) => `${type}, which one of its rules reads, is not among its documentTypes`,
    ),
    ...(module.kind === 'config' && module.documentTypes.length === 0
      ? ['a module of the kind config names the document types it is for']
      : []),
  ].map((message) => inManifest(`/modules/${place}`, message))
}

/** Else a rule that compares documents would see some of them, and find nothing. */
function batchIssues(
  { batches, rules }: ManifestModule,
  known: ReadonlyMap<string, Rule>,
): readonly string[] {
  if (batches === null) return []
  const crossing = Object.keys(rules).filter((id) => known.get(id)?.crossesDocuments === true)
  const across = Object.keys(batches.across)
  return [
    ...crossing
      .filter((id) => !across.includes(id))
      .map((id) => `the rule ${id} compares documents, and its batches do not name it`),
    ...across
      .filter((id) => !Object.hasOwn(rules, id))
      .map((id) => `its batches name the rule ${id}, which it does not hold`),
  ]
}

function schemaIssues({ rules, schemas }: Manifest): readonly Issue[] {
  const lacking = new Set(
    rules.map(({ kind }) => kind).filter((kind) => schemas[kind] === undefined),
  )
  return [...lacking].map((kind) =>
    inManifest('/schemas', `the kind ${kind} has rules and no schema`),
  )
}

/** Every rule has its level said in every environment, and nothing else is named: a level is never guessed. */
function enforcementIssues({ rules, enforcement }: Manifest): readonly Issue[] {
  const ids = new Set(rules.map(({ id }) => id))
  const environments = new Set(enforcement.environments)
  const unnamed = [...ids].flatMap((id) =>
    [...environments]
      .filter((environment) => enforcement.levels[id]?.[environment] === undefined)
      .map((environment) => `the rule ${id} has no level in ${environment}`),
  )
  const strangers = Object.keys(enforcement.levels).filter((id) => !ids.has(id))
  const elsewhere = [enforcement.governed, ...Object.values(enforcement.levels)]
    .flatMap((named) => Object.keys(named))
    .filter((environment) => !environments.has(environment))
  return [
    ...unnamed,
    ...strangers.map((id) => `${id} is not a rule of this bundle`),
    ...[...new Set(elsewhere)].map((name) => `${name} is not one of its environments`),
    ...undatedSteps(enforcement),
  ].map((message) => inManifest('/enforcement', message))
}

/** Steps are read from the last back, so they must be in order of time. */
function undatedSteps({ levels: ruleLevels }: Manifest['enforcement']): readonly string[] {
  return Object.entries(ruleLevels).flatMap(([id, byEnvironment]) =>
    Object.entries(byEnvironment)
      .filter(([, steps]) => steps.some(({ from }, at) => from <= (steps[at - 1]?.from ?? '')))
      .map(([environment]) => `the levels of ${id} in ${environment} are not in order of time`),
  )
}

/** Every file is named by the manifest and has the bytes that it promises: what it does not name, no digest covers. */
function fileIssues(
  { modules, goBuiltinsDigest }: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): readonly Issue[] {
  const promised = new Map(modules.map(({ file, meteredDigest }) => [file, meteredDigest]))
  if (goBuiltinsDigest !== undefined) promised.set(goBuiltinsFile, goBuiltinsDigest)
  const named = new Set([manifestFile, dataFile, ...promised.keys()])
  const strangers = [...files.keys()].filter((name) => !named.has(name))
  return [
    ...strangers.map((name) => ({ pointer: name, message: 'is not named by the manifest' })),
    ...[...promised].flatMap(([file, wanted]) => {
      const bytes = files.get(file)
      if (bytes === undefined) return [{ pointer: file, message: 'is missing from the bundle' }]
      const digest = digestOf(bytes)
      return digest === wanted
        ? []
        : [
            {
              pointer: file,
              message: `has the digest ${digest}; the manifest says ${wanted}`,
            },
          ]
    }),
  ]
}
