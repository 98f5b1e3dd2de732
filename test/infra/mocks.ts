/** The account that everything is declared for. */
export const account = '123456789012'

export type Resource = { readonly type: string; readonly name: string; readonly inputs: Values }
type Values = Readonly<Record<string, unknown>>

type Asked = {
  readonly type: string
  readonly name: string
  readonly inputs: Values
  readonly id?: string
}
type Called = { readonly token: string; readonly inputs: Values }

/** What AWS would answer, as far as one resource needs it from another: names, ARNs and the like. */
export function mocks(region: string, resources: Resource[]) {
  return {
    newResource: ({ type, name, inputs, id }: Asked) => {
      resources.push({ type, name, inputs: record(plain(inputs)) })
      const given = inputs['name'] ?? inputs['bucket']
      const physical = typeof given === 'string' ? given : name
      const arn = arnOf(type, physical, region)
      const state = {
        ...inputs,
        name: physical,
        arn,
        ...more[type]?.({ arn, physical, region }),
      }
      return { id: id === undefined || id === '' ? physical : id, state }
    },
    call: ({ token, inputs }: Called): Values => {
      const name = token.slice(token.lastIndexOf(':') + 1)
      return calls(region)[name]?.(inputs) ?? inputs
    },
  }
}

function arnOf(type: string, name: string, region: string): string {
  const within = (service: string, path: string): string =>
    `arn:aws:${service}:${region}:${account}:${path}`
  const made: Readonly<Record<string, string>> = {
    'aws:dynamodb/table:Table': within('dynamodb', `table/${name}`),
    'aws:sqs/queue:Queue': within('sqs', name),
    'aws:sns/topic:Topic': within('sns', name),
    'aws:lambda/function:Function': within('lambda', `function:${name}`),
    'aws:s3/bucket:Bucket': `arn:aws:s3:::${name}`,
    'aws:iam/role:Role': `arn:aws:iam::${account}:role/${name}`,
    'aws:kms/key:Key': within('kms', `key/${name}`),
    'aws:cloudwatch/logGroup:LogGroup': within('logs', `log-group:${name}`),
  }
  return made[type] ?? within('mock', name)
}

type Named = { readonly arn: string; readonly physical: string; readonly region: string }

const more: Readonly<Record<string, (named: Named) => Values>> = {
  'aws:dynamodb/table:Table': ({ arn }) => ({ streamArn: `${arn}/stream/2026-01-01T00:00:00.000` }),
  'aws:sqs/queue:Queue': ({ physical, region }) => ({
    url: `https://sqs.${region}.amazonaws.com/${account}/${physical}`,
  }),
  'aws:lambda/function:Function': ({ arn, region }) => ({
    version: '1',
    qualifiedArn: `${arn}:1`,
    invokeArn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
  }),
  'random:index/randomBytes:RandomBytes': () => ({ base64: Buffer.alloc(32).toString('base64') }),
  'aws:apigatewayv2/api:Api': ({ physical, region }) => ({
    apiEndpoint: `https://${physical}.execute-api.${region}.amazonaws.com`,
    executionArn: `arn:aws:execute-api:${region}:${account}:${physical}`,
  }),
}

function calls(region: string): Readonly<Record<string, (inputs: Values) => Values>> {
  return {
    getPolicyDocument: (inputs) => ({ ...inputs, json: JSON.stringify(policyDocument(inputs)) }),
    getPublicKey: ({ keyId }) => ({ keyId, publicKey: `MCowBQYDK2VwAyEA${'A'.repeat(43)}=` }),
    getPartition: () => ({ partition: 'aws', dnsSuffix: 'amazonaws.com' }),
    getRegion: () => ({ id: region, name: region, region }),
    getCallerIdentity: () => ({
      accountId: account,
      id: account,
      arn: `arn:aws:iam::${account}:root`,
    }),
  }
}

/** The JSON that AWS's provider writes for a policy document. */
function policyDocument({ statements }: Values): Values {
  return {
    Version: '2012-10-17',
    Statement: list(statements).map((each) => statement(record(each))),
  }
}

function statement({
  sid,
  effect = 'Allow',
  actions,
  notActions,
  resources,
  principals,
  conditions,
}: Values): Values {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...(actions === undefined ? { NotAction: list(notActions) } : { Action: list(actions) }),
    Resource: list(resources),
    ...(principals === undefined
      ? {}
      : { Principal: paired(principals, ({ type, identifiers }) => [type, identifiers]) }),
    ...(list(conditions).length === 0
      ? {}
      : {
          Condition: paired(conditions, ({ test, variable, values }) => [
            test,
            { [String(variable)]: values },
          ]),
        }),
  }
}

function paired(value: unknown, pair: (each: Values) => readonly [unknown, unknown]): Values {
  return Object.fromEntries(list(value).map((each) => pair(record(each))))
}

const secrets = new Map(
  Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith('SST_SECRET_')
      ? [[value, `[secret ${name.slice('SST_SECRET_'.length)}]`] as const]
      : [],
  ),
)

const secretMark = '4dabf18193072939515e22adb298388d'

/** Pulumi's own marks taken away, so that what is left is JSON; where a secret of the stage stands, its name. */
export function plain(value: unknown): unknown {
  if (typeof value === 'string') return secrets.get(value) ?? value
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  if (secretMark in value && 'value' in value) return plain(value.value)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.startsWith('__'))
      .map(([name, member]) => [name, plain(member)]),
  )
}

export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value === undefined ? [] : [value]
}

export function record(value: unknown): Values {
  return typeof value === 'object' && value !== null ? (value as Values) : {}
}
