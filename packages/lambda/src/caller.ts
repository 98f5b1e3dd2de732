import { Fault } from '@writ/domain'
import type { Caller } from '@writ/service'
import { eventOf } from './http-event.ts'

/**
 * The caller is the IAM identity that the gateway has authenticated, in the tenant that this deployment serves. No header
 * can name another.
 */
export function createIamCallers(tenant: string): (request: Request) => Caller {
  return (request) => {
    const principal = eventOf(request)?.userArn ?? null
    if (principal !== null) return { tenant, principal, roles: [] }
    throw new Fault(
      'caller-unknown',
      'The gateway named no IAM identity: this route has no authorizer, or the request came past the gateway',
    )
  }
}
