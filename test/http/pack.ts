import {
  isList,
  valueAt,
  verdictOf,
  inputOf,
  type Complaint,
  type DecisionRequest,
  type Enforcement,
  type Json,
  type Rule,
} from '@writ/domain'
import type { Bundle } from '@writ/service'

const from = '2026-01-01T00:00:00.000Z'

function aRule(rule: Pick<Rule, 'id' | 'kind' | 'title'> & Partial<Rule>): Rule {
  return {
    description: `${rule.title}: what it holds, and why.`,
    severity: 'high',
    controls: ['SOC2-CC8.1', 'ISO27001-A.8.32'],
    remediation: 'Mend it, then ask again.',
    docsUrl: `/policies/${rule.id}`,
    waivableBy: ['security'],
    appliesRequires: [],
    requires: [],
    effectiveOn: from,
    grants: false,
    crossesDocuments: false,
    documentTypes: rule.kind === 'config' ? ['kubernetes/Deployment.apps'] : [],
    ...rule,
  }
}

const rules = {
  approvals: aRule({
    id: 'deploy.approvals',
    kind: 'deploy',
    title: 'A change is approved by somebody else',
    remediation:
      'Ask someone other than the author to approve the change, then send it:\n\n```\ncontext.change.approvals:\n  - by: "a colleague"\n```',
    requires: ['/context/change/author'],
  }),
  pinned: aRule({
    id: 'deploy.digest_pinned',
    kind: 'deploy',
    title: 'The image is pinned by digest',
    severity: 'critical',
    remediation: 'Deploy the image by its digest: `registry/name@sha256:…`.',
    waivableBy: [],
  }),
  roles: aRule({
    id: 'access.roles',
    kind: 'access',
    title: 'A role allows the action',
    grants: true,
  }),
  privileged: aRule({
    id: 'config.kubernetes.privileged',
    kind: 'config',
    title: 'No container is privileged',
    remediation: 'Remove `privileged: true` from the container’s `securityContext`.',
  }),
  limits: aRule({
    id: 'config.kubernetes.limits',
    kind: 'config',
    title: 'Containers have memory limits',
    severity: 'medium',
  }),
} as const

const enforcement: Enforcement = {
  environments: ['development', 'staging', 'production'],
  governed: { production: ['kubernetes/Deployment.apps'], staging: [], development: [] },
  levels: {
    'deploy.approvals': inAll('shadow', 'advisory', 'soft_mandatory'),
    'deploy.digest_pinned': inAll('advisory', 'hard_mandatory', 'hard_mandatory'),
    'access.roles': inAll('hard_mandatory', 'hard_mandatory', 'hard_mandatory'),
    'config.kubernetes.privileged': inAll('advisory', 'soft_mandatory', 'hard_mandatory'),
    'config.kubernetes.limits': inAll('off', 'shadow', 'advisory'),
  },
}

type Level = Enforcement['levels'][string][string][number]['level']

function inAll(development: Level, staging: Level, production: Level) {
  const step = (level: Level) => [{ from, level }]
  return { development: step(development), staging: step(staging), production: step(production) }
}

/** A bundle whose rules are written in TypeScript: enough of a pack for the doors to be asked real questions. */
export function aPack(): Bundle {
  return {
    name: { revision: '2026-11-25.1', digest: `sha256:${'b'.repeat(64)}` },
    dataDigest: `sha256:${'d'.repeat(64)}`,
    enforcement,
    rules: Object.values(rules),
    documentTypes: new Set(['kubernetes/Deployment.apps']),
    masks: () => [],
    problems: (_, request) =>
      ['/context/environment', '/context/change/author'].flatMap((pointer) => {
        const value = valueAt(request, pointer)
        const isWrong = value !== undefined && value !== null && typeof value !== 'string'
        return isWrong ? [{ pointer, message: 'must be a string' }] : []
      }),
    evaluate: (request, now) =>
      Object.values(rules)
        .filter(({ kind }) => kind === request.kind)
        .map((rule) =>
          verdictOf(rule, inputOf(request, now), {
            status: 'evaluated',
            applies: request.kind === 'config' ? [...request.documents.keys()] : true,
            complaints: complaintsOf(rule, request),
          }),
        ),
  }
}

function complaintsOf(rule: Rule, request: DecisionRequest): readonly Complaint[] {
  switch (rule.id) {
    case 'deploy.approvals':
      return listAt(request.context, '/change/approvals').length > 0
        ? []
        : [complaint({ message: `Nobody approved the change to ${request.resource.id}` })]
    case 'deploy.digest_pinned':
      return typeof valueAt(request.context, '/artifact/digest') === 'string'
        ? []
        : [complaint({ message: 'The image has a tag, but no digest' })]
    case 'access.roles':
      return listAt(request.subject.properties, '/roles').includes('operator')
        ? []
        : [complaint({ message: `${request.subject.id} has no role that allows this` })]
    case 'config.kubernetes.privileged':
      return [...request.documents.keys()].flatMap((document) =>
        privilegedContainers(request.documents[document]?.content ?? null).map((part) =>
          complaint({ message: `${part} runs privileged`, part, document, pointer: '/spec' }),
        ),
      )
    default:
      return []
  }
}

function privilegedContainers(content: Json): readonly string[] {
  return listAt(content, '/spec/template/spec/containers').flatMap((container) => {
    const name = valueAt(container, '/name')
    const isPrivileged = valueAt(container, '/securityContext/privileged') === true
    return isPrivileged && typeof name === 'string' ? [name] : []
  })
}

function listAt(value: Json, pointer: string): readonly Json[] {
  const found = valueAt(value, pointer) ?? null
  return isList(found) ? found : []
}

function complaint(more: Pick<Complaint, 'message'> & Partial<Complaint>): Complaint {
  return { part: null, document: null, pointer: null, remediation: null, ...more }
}
