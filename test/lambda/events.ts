import type { Handler } from '@writ/lambda'
import type { Invoked } from './runtime.ts'

type Context = Parameters<Handler<unknown>>[1]

type Wish = {
  readonly method?: string
  readonly path?: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly isBase64?: boolean
  /** null: the route has no authorizer. */
  readonly userArn?: string | null
}

export const apiHost = 'abc123.execute-api.eu-west-1.amazonaws.com'
export const ciRole = 'arn:aws:sts::123456789012:assumed-role/ci/checkout'

/** An event as API Gateway sends it for an HTTP API with the IAM authorizer, payload format 2.0. */
export function anHttpEvent(wish: Wish = {}) {
  const { method = 'GET', path = '/healthz', query = '', headers = {}, userArn = ciRole } = wish
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'curl/8' }
  const iam = {
    accessKey: 'ASIAEXAMPLE',
    accountId: '123456789012',
    callerId: 'AROAEXAMPLE:checkout',
    cognitoIdentity: null,
    principalOrgId: 'o-example',
    userArn,
    userId: 'AROAEXAMPLE:checkout',
  }
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: { host: apiHost, 'x-forwarded-proto': 'https', ...headers },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc123',
      domainName: apiHost,
      domainPrefix: 'abc123',
      http,
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '25/Nov/2026:10:00:00 +0000',
      timeEpoch: 1_795_600_800_000,
      ...(userArn === null ? {} : { authorizer: { iam } }),
    },
    ...(wish.body === undefined ? {} : { body: wish.body }),
    isBase64Encoded: wish.isBase64 ?? false,
  }
}

export function aScheduledEvent() {
  return {
    version: '0',
    id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: '123456789012',
    time: '2026-11-25T10:00:00Z',
    region: 'eu-west-1',
    resources: ['arn:aws:scheduler:eu-west-1:123456789012:schedule/default/fold'],
    detail: '{}',
  }
}

/** A record of a DynamoDB stream; its number tells Lambda which one is meant. */
export function aStreamRecord(number: string, image: object) {
  return {
    eventID: `event-${number}`,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-west-1',
    dynamodb: { SequenceNumber: number, StreamViewType: 'NEW_IMAGE', NewImage: image },
  }
}

/** What somebody asks for who wants a waiver of a rule of the shipped pack, for a day from then. */
export function aGrant(now: Date) {
  return {
    rule: 'deploy.freeze_window',
    resource: { type: 'service', id: 'checkout' },
    environment: 'production',
    reason: 'incident 4711, reviewed afterwards',
    category: 'waiver',
    requested_by: 'ada',
    approved_by: 'grace',
    expires_at: new Date(now.getTime() + 86_400_000).toISOString(),
  }
}

/** An invocation with so much time left, by a clock that the caller moves. */
export function aContext(remaining: () => number = () => 10_000): Context {
  return {
    awsRequestId: 'aws-1',
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'decide',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:decide',
    memoryLimitInMB: '512',
    logGroupName: '/aws/lambda/decide',
    logStreamName: 'stream',
    getRemainingTimeInMillis: remaining,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  }
}

type Answer = {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: string
  readonly bytes: Buffer
}

/** What a caller hears of an answer through the gateway. */
export function answerIn({ ok, value }: Invoked): Answer {
  if (!ok) throw new Error(`the function failed: ${JSON.stringify(value)}`)
  const { isBase64Encoded, body, ...rest } = value as Answer & { isBase64Encoded?: boolean }
  const bytes = Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8')
  return { ...rest, body: bytes.toString('utf8'), bytes }
}

/** JSON to an address. */
export const posting = (path: string, body: string, headers: Record<string, string> = {}) =>
  anHttpEvent({
    method: 'POST',
    path,
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
