const both = (reason: string, ...notes: readonly string[]): (readonly [string, string])[] =>
  ['v0', 'v1'].flatMap((version) => notes.map((note) => [`${version}/${note}`, reason] as const))

/** Cases of OPA that this host does not answer as OPA does, each with why. The run fails for one that passes. */
export const exceptions: ReadonlyMap<string, string> = new Map([
  ...both(
    'http.send is excluded: what another server says makes no decision that can be replayed',
    'invalidkeyerror/invalid keys',
    'invalidkeyerror/missing keys',
  ),
  ...both(
    'net.lookup_ip_addr is excluded: what a name server says makes no decision that can be replayed',
    'net.lookup_ip_addr/localhost',
    'net.lookup_ip_addr/simple ip4 returns that ip4',
    'net.lookup_ip_addr/simple ip6 returns that ip6',
  ),
  ...both(
    'opa.runtime is excluded: the machine that evaluates is no fact of a request',
    'withkeyword/builtin-builtin: arity 0',
  ),
  ...both('test.sleep exists in OPA’s own tests only', 'time/time caching'),
])
