import type { BundleFiles, Manifest, ManifestModule } from '@writ/contract'
import { kinds, type DecisionRequest, type Issue, type Json, type Kind } from '@writ/domain'
import { digestOf } from '@writ/ledger'
import { compileSchema, type SchemaCheck } from '@writ/rego'
import type { Bundle, BundleName } from '@writ/service'
import { attempt, refuseIf } from './bundle-issues.ts'
import { contradictionsIn } from './consistency.ts'
import { evaluateModule, evaluateRules } from './evaluate.ts'
import { loadedModule, type LoadableModule, type LoadedModule } from './loaded-module.ts'
import { dataFile, inManifest, readManifest, refuseBadData } from './manifest.ts'
import { questionOf } from './question.ts'

/** What requests there will be: of which kinds, and with which types of documents. */
export type Asked = { readonly kinds: readonly Kind[]; readonly types?: ReadonlySet<string> }

/** A bundle's contents, and how what it decides by is come by: at once, or when it is first asked for. */
type BundleParts = {
  readonly name: BundleName
  readonly dataDigest: string
  readonly manifest: Manifest
  readonly checks: ReadonlyMap<string, SchemaCheck>
  readonly modules: readonly LoadableModule[]
}

/**
 * Verifies a bundle in full, loads its modules and evaluates each of them once, so that the first request finds them
 * warm. Throws the Fault `bundle-invalid` with everything that is wrong. With `asked`, only that is loaded which decides
 * it: whoever asks once, and knows what, starts sooner.
 */
export function loadBundle({ revision, files }: BundleFiles, asked: Asked = { kinds }): Bundle {
  const { manifest, digest } = readManifest(files)
  refuseBadData(files)
  refuseIf(contradictionsIn(manifest, files))
  const schemas = loadSchemas(manifest, asked.kinds)
  const loaded = manifest.modules
    .filter((plan) => isAsked(plan, asked))
    .map((plan) => loadedModule(plan, manifest, files))
  refuseIf([...schemas.issues, ...loaded.flatMap(({ issues }) => issues)])
  const modules = loaded.flatMap(({ module }) => (module === null ? [] : [module]))
  refuseIf(modules.flatMap(rulesThatFail))
  return bundleOf({
    name: { revision, digest },
    dataDigest: digestOf(files.get(dataFile) ?? new Uint8Array()),
    manifest,
    checks: schemas.checks,
    modules: modules.map((module) => ({ plan: module.plan, load: () => module })),
  })
}

export function bundleOf({ name, dataDigest, manifest, checks, modules }: BundleParts): Bundle {
  const { rules, enforcement, masks = {} } = manifest
  return {
    name,
    dataDigest,
    enforcement,
    rules,
    documentTypes: new Set(rules.flatMap(({ documentTypes }) => documentTypes)),
    masks: (kind) => masks[kind] ?? [],
    problems: (kind, request) => problemsOf(checks, kind, request),
    evaluate: (request, now) => evaluateRules({ modules, rules }, request, now),
  }
}

function isAsked({ kind, documentTypes }: ManifestModule, { kinds, types }: Asked): boolean {
  if (!kinds.includes(kind)) return false
  return kind !== 'config' || types === undefined || documentTypes.some((type) => types.has(type))
}

/** The kinds that the bundle has rules for, of those that are asked for: it decides no other. */
export function decidedKinds({ rules }: Manifest, asked: readonly Kind[]): readonly Kind[] {
  return asked.filter((kind) => rules.some((rule) => rule.kind === kind))
}

function loadSchemas(
  manifest: Manifest,
  asked: readonly Kind[],
): { readonly checks: BundleParts['checks']; readonly issues: readonly Issue[] } {
  const attempts = decidedKinds(manifest, asked).map((kind) => {
    const { pointer } = inManifest(`/schemas/${kind}`, '')
    return { kind, ...attempt(pointer, () => compileSchema(manifest.schemas[kind])) }
  })
  return {
    checks: new Map(attempts.flatMap(({ kind, value }) => (value === null ? [] : [[kind, value]]))),
    issues: attempts.flatMap(({ issues }) => issues),
  }
}

function problemsOf(checks: BundleParts['checks'], kind: Kind, request: Json): readonly Issue[] {
  const check = checks.get(kind)
  if (check !== undefined) return check(request)
  const message = `is a kind that this bundle has no rules for: it decides ${[...checks.keys()].join(', ') || 'none'}`
  return [{ pointer: '/kind', message }]
}

/** A rule that fails on a request that says nothing was never fit to decide. */
function rulesThatFail(module: LoadedModule): readonly Issue[] {
  const { plan } = module
  const request = silentRequest(plan)
  const question = questionOf(request, '1970-01-01T00:00:00.000Z')
  return [...evaluateModule(module, question)].flatMap(([id, found]) =>
    found.status === 'evaluated'
      ? []
      : [{ pointer: plan.file, message: `the rule ${id} fails on any request: ${found.reason}` }],
  )
}

const nobody = { type: '', id: '', properties: {} }

function silentRequest({ kind, documentTypes }: ManifestModule): DecisionRequest {
  const blank = { id: '', path: '', index: 0, operation: 'create', content: null } as const
  return {
    kind,
    subject: nobody,
    action: { name: '', properties: {} },
    resource: nobody,
    context: {},
    documents:
      kind === 'config' ? documentTypes.slice(0, 1).map((type) => ({ ...blank, type })) : [],
  }
}
