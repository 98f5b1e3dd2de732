import { createHash } from 'node:crypto'
import type { Json } from '@writ/domain'
import { teams, type Service } from './shop.ts'
import type { AccessStory, ConfigStory, DeployStory } from './story.ts'

export function deployRequest(story: DeployStory): Json {
  const { service, version, by, environment = 'production' } = story
  const commit = commitOf(service, version)
  const approvals = [
    ...story.approvedBy.map((name) => ({ by: name, commit })),
    ...(story.approvedBefore ?? []).map((name) => ({ by: name, commit: commitOf(service, 'wip') })),
  ]
  return {
    kind: 'deploy',
    subject: { type: 'user', id: by },
    action: { name: 'deploy' },
    resource: resourceOf(service),
    context: {
      environment,
      artifact: { image: imageOf(service, version), ...digestUnless(story) },
      change: {
        repository: `shop/${service}`,
        commit,
        author: by,
        ...(story.silent === true ? {} : { approvals }),
      },
      correlation: commit,
    },
  }
}

/** What is sent to `/v1/outcomes` when a version is there. */
export function deployedReport(
  { service, version, environment = 'production' }: Deployed,
  finishedAt: Date,
): Json {
  return {
    type: 'deployment_finished',
    service,
    environment,
    artifact: { image: imageOf(service, version), digest: digestOf(service, version) },
    finished_at: finishedAt.toISOString(),
    correlation: commitOf(service, version),
  }
}

type Deployed = Pick<DeployStory, 'service' | 'version'> & { readonly environment?: string }

export function accessRequest({ who, roles, action, resource, ...story }: AccessStory): Json {
  const { environment, duties } = story
  return {
    kind: 'access',
    subject: { type: 'user', id: who, properties: { roles } },
    action: { name: action },
    resource,
    context: { environment, ...(duties === undefined ? {} : { duties }) },
  }
}

export function configRequest(story: ConfigStory): Json {
  const { by, service } = story
  return {
    kind: 'config',
    subject: { type: 'user', id: by },
    action: { name: 'change' },
    resource: { type: 'repository', id: 'shop/deploy' },
    context: {
      environment: 'production',
      service,
      team: teams[service],
      documents: [
        {
          type: 'kubernetes/Deployment.apps',
          id: `shop/${service}`,
          path: `${service}/deployment.yaml`,
          operation: 'update',
          content: deploymentOf(story),
        },
      ],
    },
  }
}

function deploymentOf(story: ConfigStory): Json {
  const { service, hardened } = story
  const container = {
    name: service,
    image: `${imageOf(service, '1.0.0')}@${digestOf(service, '1.0.0')}`,
    resources: { limits: { memory: '256Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
    ...(story.privileged === true ? { securityContext: { privileged: true } } : {}),
  }
  const pod = {
    ...(hardened ? { securityContext: { runAsNonRoot: true, runAsUser: 10_001 } } : {}),
    containers: [container],
    ...(story.nodeLogs === true
      ? { volumes: [{ name: nodeLogsVolume, hostPath: { path: '/var/log' } }] }
      : {}),
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: service, namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: service } },
      template: { metadata: { labels: { app: service } }, spec: pod },
    },
  }
}

const nodeLogsVolume = 'node-logs'

/** A hotfix that nobody had time to review, and an agent that reads the logs of its node. */
export function waiverGrants(expiresAt: Date): readonly Json[] {
  const common = { environment: 'production', expires_at: expiresAt.toISOString() }
  return [
    {
      ...common,
      rule: 'deploy.approvals',
      resource: { type: 'service', id: 'orders' },
      reason: 'Hotfix for lost orders, read through by phone; the review is due within two weeks',
      requested_by: 'hugo',
      approved_by: 'grace',
    },
    {
      ...common,
      rule: 'config.kubernetes.privileged',
      resource: { type: 'repository', id: 'shop/deploy' },
      document: {
        type: 'kubernetes/Deployment.apps',
        id: 'shop/notifications',
        path: 'notifications/deployment.yaml',
      },
      part: `volume/${nodeLogsVolume}`,
      category: 'mitigated',
      reason: 'Read-only, on nodes of its own, until the log pipeline moves off the nodes',
      requested_by: 'kofi',
      approved_by: 'mina',
    },
  ]
}

function resourceOf(service: Service): Json {
  return { type: 'service', id: service, properties: { team: teams[service] } }
}

function digestUnless({ service, version, unpinned }: DeployStory): { readonly digest?: string } {
  return unpinned === true ? {} : { digest: digestOf(service, version) }
}

function imageOf(service: Service, version: string): string {
  return `registry.example/shop/${service}:${version}`
}

function digestOf(service: Service, version: string): string {
  return `sha256:${createHash('sha256').update(`${service} ${version}`).digest('hex')}`
}

function commitOf(service: Service, version: string): string {
  return createHash('sha256').update(`${service} at ${version}`).digest('hex').slice(0, 40)
}
