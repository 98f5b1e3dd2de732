import { Fault } from '@writ/domain'

/** Where a service is, and as whom it is asked. */
export type Access<Service extends AnyService = 'dynamodb' | 'kms'> = {
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

type AnyService = 'dynamodb' | 'kms' | 's3' | 'execute-api'

type Environment = Readonly<Record<string, string | undefined>>

/** The region that the address of a service of AWS names; null where it names none. */
export function regionIn(address: string): string | null {
  return /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com/.exec(address)?.[1] ?? null
}

/** Access as the environment tells it: Lambda's does. Throws the Fault `start-refused` that names what is missing. */
export function accessIn<Service extends AnyService>(
  service: Service,
  env: Environment,
): Access<Service> {
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
    throw new Fault(
      'start-refused',
      `${missing.join(', ')}: missing in the environment. Lambda sets it; elsewhere aws configure export-credentials prints it`,
    )
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  const address =
    env[`AWS_ENDPOINT_URL_${service.toUpperCase().replace('-', '_')}`] ??
    env['AWS_ENDPOINT_URL'] ??
    `https://${service}.${region}.${suffix}`
  return { service, endpoint: new URL(address), region, credentials }
}
