import { execFileSync } from 'node:child_process'
import { excludedBuiltins, hostBuiltins, type GoBuiltins } from '@writ/rego'

/** What OPA's compiler makes of these, so that nothing asks for them when a policy runs. */
const compiledAway: ReadonlySet<string> = new Set([
  'assign',
  'eq',
  'internal.print',
  'internal.test_case',
  'print',
  'rego.metadata.chain',
  'rego.metadata.rule',
])

/** Every builtin of OPA, by its name, and what answers it here. */
export function tiersUnder(opa: string, go: GoBuiltins): ReadonlyMap<string, string> {
  const where: { readonly [name: string]: string } = JSON.parse(
    execFileSync(opa, ['exact-builtins'], { encoding: 'utf8' }),
  )
  const rows = Object.entries(where)
  return new Map(rows.map(([name, answers]) => [name, tierOf(name, answers, go)]))
}

function tierOf(name: string, answers: string, go: GoBuiltins): string {
  const reason = excludedBuiltins.get(name)
  if (reason !== undefined) return `excluded: ${reason}`
  if (compiledAway.has(name)) return 'compiler'
  if (answers === 'module') return 'module'
  if (hostBuiltins.includes(name)) return answers === 'both' ? 'module, TypeScript' : 'TypeScript'
  if (go.names.has(name)) return 'Go'
  throw new Error(`nothing answers ${name}`)
}

export const capabilitiesPath = 'policies/capabilities.json'

type Declared = {
  readonly name: string
  readonly decl: object
  readonly infix?: string
  readonly relation?: boolean
  readonly deprecated?: boolean
}

/** Of the language as OPA has it, what a pack may use. */
const features = ['keywords_in_refs', 'rego_v1', 'template_strings']

/** They give another value tomorrow; nothing listens to a trace; and cases of tests are no policy. */
const ofNoPack =
  /^(?:time\.now_ns|rand\.intn|uuid\.rfc4122|io\.jwt\.encode_sign(?:_raw)?|trace|internal\.test_case)$/

/**
 * `policies/capabilities.json`, whole: every builtin that this host answers, but those of before OPA 1.0, and those that
 * give another value tomorrow.
 */
export function capabilitiesUnder(opa: string, go: GoBuiltins): string {
  const tiers = tiersUnder(opa, go)
  const { builtins }: { readonly builtins: readonly Declared[] } = JSON.parse(
    execFileSync(opa, ['capabilities', '--current'], { encoding: 'utf8', maxBuffer: 2 ** 24 }),
  )
  const lines = builtins
    .filter(({ name }) => tiers.get(name)?.startsWith('excluded') === false && !ofNoPack.test(name))
    .filter(({ deprecated }) => deprecated !== true)
    .map(({ name, decl, infix, relation }) =>
      JSON.stringify({ name, decl, infix, relation }, withoutWords),
    )
  return `{\n  "features": ${JSON.stringify(features)},\n  "builtins": [\n    ${lines.join(',\n    ')}\n  ]\n}\n`
}

/** Leaves out what is there for people to read: the description of anything, and the name of an operand. */
function withoutWords(this: unknown, key: string, value: unknown): unknown {
  const isOperand = typeof this === 'object' && this !== null && 'type' in this
  return key === 'description' || (key === 'name' && isOperand) ? undefined : value
}
