import { readDocuments } from '@writ/documents'
import type { DecisionRequest } from '@writ/domain'
import { evaluate } from '@writ/service'
import { now, shippedPack } from '../policies/pack.ts'
import { record, type Resource } from './mocks.ts'

/**
 * The synthesized resources as a Terraform plan that creates them: Pulumi's AWS provider is made from Terraform's, so types and
 * attributes are the same under other spellings. What the shipped pack says of anybody's plan, it can so say of ours.
 */
function planOf(resources: readonly Resource[]) {
  const changes = resources
    .filter(({ type }) => type.startsWith('aws:'))
    .map(({ type, name, inputs }) => {
      const kind = terraformType(type)
      return {
        address: `${kind}.${name}`,
        mode: 'managed',
        type: kind,
        name,
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: { actions: ['create'], before: null, after: block(inputs), after_unknown: {} },
      }
    })
  return { format_version: '1.2', terraform_version: '1.9.0', resource_changes: changes }
}

/** `aws:dynamodb/table:Table` is `aws_dynamodb_table`. */
function terraformType(type: string): string {
  const [, module = '', name = ''] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? []
  const special: Readonly<Record<string, string>> = {
    'cloudwatch/LogGroup': 'aws_cloudwatch_log_group',
    's3/BucketObjectv2': 'aws_s3_object',
  }
  return special[`${module}/${name}`] ?? `aws_${module}_${snake(name)}`
}

/** Lists that Pulumi names in the plural are repeated blocks. */
const blocks: Readonly<Record<string, string>> = {
  attributes: 'attribute',
  globalSecondaryIndexes: 'global_secondary_index',
  inlinePolicies: 'inline_policy',
}

/** Maps of the user's own keys. */
const maps = new Set(['tags', 'variables', 'dimensions'])

function block(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      blocks[name] ?? snake(name),
      valueOf(name, value),
    ]),
  )
}

function valueOf(name: string, value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((each) => (isObject(each) ? block(record(each)) : each))
  if (!isObject(value) || maps.has(name)) return value
  if (name.endsWith('olicy')) return JSON.stringify(value)
  return [block(record(value))]
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter, at) => `${at === 0 ? '' : '_'}${letter.toLowerCase()}`)
}

/** What the shipped policies find on resources: a rule and a resource each. */
export async function findingsOn(resources: readonly Resource[]): Promise<readonly string[]> {
  const bytes = new TextEncoder().encode(JSON.stringify(planOf(resources)))
  const reading = readDocuments({ path: 'plan.json', bytes })
  if (reading.status !== 'documents') throw new Error(`the plan is ${reading.status}`)
  const request: DecisionRequest = {
    kind: 'config',
    subject: { type: 'user', id: 'committer', properties: {} },
    action: { name: 'apply', properties: {} },
    resource: { type: 'workspace', id: 'writ', properties: {} },
    context: { environment: 'production' },
    documents: reading.documents,
  }
  const bundle = (await shippedPack()).bundleWith('config', {})
  const { findings } = evaluate(bundle, request, now)
  return findings.map(({ rule, resource }) => `${rule} on ${resource.id}`)
}
