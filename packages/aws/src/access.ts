import { Fault } from '@writ/domain'

/** Where a service is, and as whom it is asked. */
export type Access = {
  readonly service: Service
  readonly endpoint: URL
  readonly region: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    /** Keys of a user come without one. */
    readonly sessionToken?: string
  }
}

type Service = 'dynamodb' | 'kms'

type Environment = Readonly<Record<string, string | undefined>>

/** Access as Lambda tells it in a function's environment. Throws the Fault `start-refused` that names what is missing. */
export function accessIn(service: Service, env: Environment): Access {
  const missing: string[] = []
  const needed = (name: string): string => {
    const value = env[name] ?? ''
    if (value === '') missing.push(name)
    return value
  }
  const region = needed('AWS_REGION')
  const { AWS_SESSION_TOKEN: sessionToken } = env
  const credentials = {
    accessKeyId: needed('AWS_ACCESS_KEY_ID'),
    secretAccessKey: needed('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }
  if (missing.length > 0)
    throw new Fault('start-refused', `${missing.join(', ')}: Lambda sets it, and it is missing`)
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  const address =
    env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ??
    env['AWS_ENDPOINT_URL'] ??
    `https://${service}.${region}.${suffix}`
  return { service, endpoint: new URL(address), region, credentials }
}
