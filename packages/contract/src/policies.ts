import { levelOf, type Enforcement, type Instant, type Level, type Rule } from '@writ/domain'

/** A rule as its METADATA describes it, with the level that holds for it in each environment. */
export type WireRule = Pick<
  Rule,
  | 'id'
  | 'kind'
  | 'title'
  | 'description'
  | 'severity'
  | 'controls'
  | 'remediation'
  | 'requires'
  | 'grants'
> & {
  readonly docs_url: string
  readonly waivable_by: readonly string[]
  readonly applies_requires: readonly string[]
  readonly effective_on: Instant
  readonly crosses_documents: boolean
  readonly document_types: readonly string[]
  readonly levels: { readonly [environment: string]: WireLevel }
}

/** The level now, and every dated step of it. */
export type WireLevel = {
  readonly level: Level
  readonly steps: readonly { readonly from: Instant; readonly level: Level }[]
}

export type WirePolicies = {
  readonly bundle: { readonly revision: string; readonly digest: string }
  readonly data_digest: string
  readonly environments: readonly string[]
  readonly rules: readonly WireRule[]
}

/** What of a bundle a caller may know. */
export type Published = {
  readonly name: WirePolicies['bundle']
  readonly dataDigest: string
  readonly enforcement: Enforcement
  readonly rules: readonly Rule[]
}

export function wirePoliciesOf(bundle: Published, now: Instant): WirePolicies {
  const { name, dataDigest, enforcement } = bundle
  return {
    bundle: { revision: name.revision, digest: name.digest },
    data_digest: dataDigest,
    environments: enforcement.environments,
    rules: bundle.rules.map((rule) => wireRuleOf(rule, enforcement, now)),
  }
}

function wireRuleOf(rule: Rule, enforcement: Enforcement, now: Instant): WireRule {
  const { id, kind, title, description, severity, controls, remediation, requires, grants } = rule
  const levels = enforcement.environments.map((environment) => {
    const steps = enforcement.levels[id]?.[environment] ?? []
    return [environment, { level: levelOf(enforcement, rule, { environment, now }), steps }]
  })
  return {
    id,
    kind,
    title,
    description,
    severity,
    controls,
    remediation,
    requires,
    grants,
    docs_url: rule.docsUrl,
    waivable_by: rule.waivableBy,
    applies_requires: rule.appliesRequires,
    effective_on: rule.effectiveOn,
    crosses_documents: rule.crossesDocuments,
    document_types: rule.documentTypes,
    levels: Object.fromEntries(levels),
  }
}
