import {
  inputOf,
  verdictOf,
  type Complaint,
  type DecisionRequest,
  type Document,
  type Enforcement,
  type Found,
  type Kind,
  type Level,
  type Rule,
  type RuleVerdict,
  type Verdict,
} from '@writ/domain'
import type { Bundle } from '@writ/service'

/** The instant from which everything that a builder makes counts. */
export const longAgo = '2026-01-01T00:00:00.000Z'
/** The instant at which tests take place, unless they say otherwise. */
export const aNow = '2026-11-25T10:00:00.000Z'

/** A deploy of `checkout` to production by `ada`. */
export function aRequest(over: Partial<DecisionRequest> = {}): DecisionRequest {
  const kind = over.kind ?? 'deploy'
  return {
    kind,
    subject: { type: 'user', id: 'ada', properties: {} },
    action: { name: kind === 'config' ? 'change' : kind, properties: {} },
    resource: { type: 'service', id: 'checkout', properties: {} },
    context: { environment: 'production' },
    documents: kind === 'config' ? [aDocument()] : [],
    ...over,
  }
}

/** A Deployment that is updated. */
export function aDocument(over: Partial<Document> = {}): Document {
  return {
    type: 'kubernetes/Deployment.apps',
    id: 'shop/checkout',
    path: 'deploy/checkout.yaml',
    index: 0,
    operation: 'update',
    content: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'checkout' } },
    ...over,
  }
}

/** The rule `deploy.approvals`, of high severity, waivable by `security`. Its kind follows from its id. */
export function aRule(over: Partial<Rule> = {}): Rule {
  const id = over.id ?? 'deploy.approvals'
  const kind = over.kind ?? kindOf(id)
  return {
    id,
    kind,
    title: `The rule ${id}`,
    description: `What ${id} asks for.`,
    severity: 'high',
    controls: ['SOC2-CC8.1'],
    remediation: `Do what ${id} asks for.`,
    docsUrl: `/policies/${id}`,
    waivableBy: ['security'],
    appliesRequires: [],
    requires: [],
    effectiveOn: longAgo,
    grants: kind === 'access',
    crossesDocuments: false,
    documentTypes: kind === 'config' ? ['kubernetes/Deployment.apps'] : [],
    ...over,
  }
}

function kindOf(rule: string): Kind {
  const [family] = rule.split('.')
  return family === 'access' || family === 'config' ? family : 'deploy'
}

export function aComplaint(over: Partial<Complaint> = {}): Complaint {
  return {
    message: 'something is missing',
    part: null,
    document: null,
    pointer: null,
    remediation: null,
    ...over,
  }
}

const environments = ['development', 'staging', 'production'] as const

export type EnforcementWish = Partial<Omit<Enforcement, 'levels'>> & {
  /** Rule → the level that it has had everywhere since long ago. */
  readonly levels?: Readonly<Record<string, Level>>
}

/** Three environments, Deployments governed in all, `deploy.approvals` soft mandatory in all. */
export function anEnforcement({ levels, ...over }: EnforcementWish = {}): Enforcement {
  const held = levels ?? { 'deploy.approvals': 'soft_mandatory' }
  const everywhere = <T>(value: T): Record<string, T> =>
    Object.fromEntries(environments.map((name) => [name, value]))
  return {
    environments,
    governed: everywhere(['kubernetes/Deployment.apps']),
    levels: Object.fromEntries(
      Object.entries(held).map(([rule, level]) => [rule, everywhere([{ from: longAgo, level }])]),
    ),
    ...over,
  }
}

export type BundleWish = Partial<Omit<Bundle, 'evaluate'>> & {
  /**
   * Rule → its verdict, read at every evaluation, so a test may change it in between. What is not named passes. `fail` comes
   * with one complaint; complaints of one's own are a `fail` that says them.
   */
  readonly verdicts?: Readonly<Record<string, Verdict | readonly Complaint[]>>
  readonly levels?: Readonly<Record<string, Level>>
}

/** A bundle that finds what it is told to find: by default one rule, `deploy.approvals`, soft mandatory, which passes. */
export function aBundle({ verdicts = {}, levels, ...over }: BundleWish = {}): Bundle {
  const rules = over.rules ?? [aRule()]
  const softly = (): Record<string, Level> =>
    Object.fromEntries(rules.map(({ id }) => [id, 'soft_mandatory' as const]))
  return {
    name: { revision: '2026-11-25.1', digest: `sha256:${'b'.repeat(64)}` },
    dataDigest: `sha256:${'d'.repeat(64)}`,
    enforcement: anEnforcement({ levels: levels ?? softly() }),
    rules,
    documentTypes: new Set(rules.flatMap(({ documentTypes }) => documentTypes)),
    masks: () => [],
    problems: () => [],
    ...over,
    evaluate: (request, now) =>
      rules
        .filter(({ kind }) => kind === request.kind)
        .map((rule) => toldVerdict(rule, request, { now, told: verdicts[rule.id] ?? 'pass' })),
  }
}

type Told = { readonly now: string; readonly told: Verdict | readonly Complaint[] }

function toldVerdict(rule: Rule, request: DecisionRequest, { now, told }: Told): RuleVerdict {
  const everyDocument = [...request.documents.keys()]
  if (told === 'unknown')
    return {
      rule,
      verdict: told,
      judged: [],
      complaints: [],
      reason: 'a fact is missing',
      lacking: [],
    }
  const isConfig = request.kind === 'config'
  const found = (applies: boolean, complaints: readonly Complaint[]): Found => ({
    status: 'evaluated',
    applies: isConfig ? (applies ? everyDocument : []) : applies,
    complaints,
  })
  const complaint = aComplaint({
    message: `${rule.id} is not met`,
    document: isConfig && !rule.crossesDocuments ? 0 : null,
  })
  return verdictOf(rule, inputOf(request, now), foundAs(told, { found, complaint }))
}

function foundAs(
  told: Exclude<Verdict, 'unknown'> | readonly Complaint[],
  {
    found,
    complaint,
  }: { found: (applies: boolean, complaints: readonly Complaint[]) => Found; complaint: Complaint },
): Found {
  switch (told) {
    case 'pass':
      return found(true, [])
    case 'fail':
      return found(true, [complaint])
    case 'not_applicable':
      return found(false, [])
    case 'error':
      return { status: 'failed', reason: 'a builtin failed' }
    default:
      return found(true, told)
  }
}
