import { Fault } from '@writ/domain'
import type { Caller } from '@writ/service'

export const localTenant = 'local'
export const sampleTenant = 'sample'

/** Whoever reaches the loopback interface is the owner of this machine, and says which tenant is meant. */
export function createAuthenticate(tenants: readonly string[]): (request: Request) => Caller {
  return (request) => {
    const named = request.headers.get('writ-tenant') ?? tenantInQuery(request.url)
    const tenant = named ?? tenants[0] ?? localTenant
    if (tenants.includes(tenant)) return { tenant, principal: 'local', roles: ['admin'] }
    throw new Fault('tenant-unknown', `The tenants here are ${tenants.join(', ')}`, {
      facts: { tenant: tenant.slice(0, 200), tenants: [...tenants] },
    })
  }
}

function tenantInQuery(url: string): string | null {
  return url.includes('tenant=') ? new URL(url).searchParams.get('tenant') : null
}
