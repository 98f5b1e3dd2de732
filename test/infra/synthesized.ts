import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { list, record, type Resource } from './mocks.ts'

export const root: string = join(import.meta.dirname, '..', '..')
const settings = {
  WRIT_AWS_REGION: 'eu-west-1',
  WRIT_ALARM_EMAIL: 'platform@example.com',
  WRIT_TENANT: 'acme',
  SST_SECRET_CursorKey: '0'.repeat(64),
  SST_SECRET_ReceiptKey: '1'.repeat(64),
}

export function synthesized(stage: string, more: Record<string, string | undefined> = {}) {
  const said = execFileSync(process.execPath, ['test/infra/synthesize.ts', stage], {
    cwd: root,
    env: { ...process.env, ...settings, ...more },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return JSON.parse(said) as {
    readonly resources: readonly Resource[]
    readonly app: Record<string, unknown>
    /** The names of those that stay when the stack declares them no more. */
    readonly retained: readonly string[]
    /** For how many others each waits. */
    readonly waiting: Readonly<Record<string, number>>
  }
}

export type Statement = {
  readonly on: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly condition: unknown
}

/** Every statement of every role, with the role that it is on. */
export function statementsOf(resources: readonly Resource[]): readonly Statement[] {
  return resources
    .filter(({ type }) => type === 'aws:iam/role:Role')
    .flatMap(({ name, inputs }) =>
      list(inputs['inlinePolicies']).flatMap((policy) =>
        list(record(JSON.parse(String(record(policy)['policy'])))['Statement']).map((each) => ({
          on: name,
          actions: list(record(each)['Action']).map(String),
          resources: list(record(each)['Resource']).map(String),
          condition: record(each)['Condition'],
        })),
      ),
    )
}
