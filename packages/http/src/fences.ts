import { Fault } from '@writ/domain'

/**
 * Refuses a `Host` that is not ours. A page on a name that its owner points at this machine (DNS rebinding) is of the same
 * origin as what it asks, so that no other header gives it away.
 */
export function refuseForeignHost(host: string | null, isOurs: (host: string) => boolean): void {
  if (host !== null && isOurs(host)) return
  throw new Fault(
    'host-refused',
    'Ask Writ by its own address: the one that was printed when it started, or was deployed',
    { facts: { host: shortened(host ?? '') } },
  )
}

export type Origin = {
  readonly origin: string | null
  readonly fetchSite: string | null
}

/** Refuses what a page of another origin sends: whoever has the page open did not ask for it. */
export function refuseForeignOrigin(
  { origin, fetchSite }: Origin,
  isOurs: (host: string) => boolean,
): void {
  const isForeign = origin === null ? fetchSite === 'cross-site' : !isOurs(hostOf(origin))
  if (!isForeign) return
  throw new Fault('origin-refused', 'Send this from a command line or from Writ’s own pages', {
    facts: { origin: shortened(origin ?? '') },
  })
}

/** The addresses by which a server on the loopback interface may be asked. */
export function loopbackHosts(port: number): ReadonlySet<string> {
  return new Set(['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`))
}

function hostOf(origin: string): string {
  return URL.parse(origin)?.host ?? ''
}

function shortened(text: string): string {
  return text.slice(0, 200)
}
