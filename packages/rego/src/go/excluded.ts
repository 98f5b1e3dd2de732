/** Builtins of OPA that no host here has, each with why: they ask the world outside, so no decision of theirs can be replayed. */
export const excludedBuiltins: ReadonlyMap<string, string> = new Map([
  ['http.send', 'what another server says may be another thing tomorrow'],
  ['net.lookup_ip_addr', 'what a name server says may be another thing tomorrow'],
  ['opa.runtime', 'the machine that evaluates is no fact of a request'],
])
