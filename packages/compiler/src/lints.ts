import type { Issue } from '@writ/domain'
import { aliasesOf, definitionsOf, type Definition } from './definitions.ts'
import type { RegoFile } from './pack.ts'
import { issueAt } from './place.ts'
import type { Token } from './tokens.ts'

/** Never to be used in a policy, and what to use instead. */
const forbidden: { readonly [builtin: string]: string } = {
  sprintf: 'write a template string, $"… {value} …"',
  'time.now_ns': 'a decision must replay: read input.now',
  'http.send': 'a decision must replay: let the caller send the fact, or put it in settings/',
  'opa.runtime': 'a decision must replay: put what it needs in settings/',
  'rand.intn': 'a decision must replay: nothing in a policy may be random',
  'uuid.rfc4122': 'a decision must replay: nothing in a policy may be random',
  'net.lookup_ip_addr': 'a decision must replay: let the caller send the address',
}

/** Builtins that are undefined on bad input, which makes the rule around them pass in silence. */
const silent: ReadonlySet<string> = new Set(
  `to_number base64.decode base64url.decode hex.decode json.unmarshal json.patch yaml.unmarshal urlquery.decode
  urlquery.decode_object regex.match regex.replace regex.split regex.find_n regex.find_all_string_submatch_n
  regex.template_match glob.match net.cidr_contains net.cidr_contains_matches net.cidr_intersects net.cidr_expand
  net.cidr_merge time.parse_rfc3339_ns time.parse_ns time.parse_duration_ns units.parse units.parse_bytes
  semver.compare io.jwt.decode numbers.range_step bits.lsh bits.rsh`.split(/\s+/),
)
const silentMarks: ReadonlySet<string> = new Set(['/', '%'])

/** Our own mistakes to find in a Rego file: what OPA allows, and what would go wrong in WebAssembly or in a replay. */
export function lintRego({ path, text }: RegoFile): readonly Issue[] {
  const definitions = definitionsOf(text)
  const own = new Set([...definitions.map(({ name }) => name), ...aliasesOf(definitions)])
  const isBuiltin = (name: string): boolean => !own.has(name) && !own.has(name.split('.')[0] ?? '')
  return definitions.flatMap((definition) => {
    const rest = definition.tokens.slice(1)
    return [
      ...forbiddenIn(
        path,
        rest.filter(({ text }) => isBuiltin(text)),
      ),
      ...silentIn({ path, definition, definitions, isBuiltin }),
      ...searchesIn(path, definition.tokens, isBuiltin),
    ]
  })
}

function forbiddenIn(path: string, tokens: readonly Token[]): readonly Issue[] {
  return tokens.flatMap((token, at) => {
    const isField = tokens[at - 1]?.text === '.' // of what a bracket picked: `list[0].name`
    const instead = token.type === 'name' && !isField ? forbidden[token.text] : undefined
    return instead === undefined
      ? []
      : [issueAt(path, token, `${token.text} may not be used: ${instead}`)]
  })
}

type Looked = {
  readonly path: string
  readonly definition: Definition
  readonly definitions: readonly Definition[]
  readonly isBuiltin: (name: string) => boolean
}

function silentIn({ path, definition, definitions, isBuiltin }: Looked): readonly Issue[] {
  const found = definition.tokens.filter((token, at) => {
    if (token.type === 'mark') return silentMarks.has(token.text)
    const isCall = definition.tokens[at + 1]?.text === '('
    return token.type === 'name' && isCall && silent.has(token.text) && isBuiltin(token.text)
  })
  if (!path.startsWith('lib/'))
    return found.map((token) =>
      issueAt(
        path,
        token,
        `${token.text} is undefined on bad input, and the rule would pass: call a function of lib/ that has an else branch`,
      ),
    )
  if (hasWayOut(definition, definitions)) return []
  return found.map((token) =>
    issueAt(
      path,
      token,
      `${token.text} is undefined on bad input: give ${definition.name} an else branch or a default`,
    ),
  )
}

function hasWayOut(definition: Definition, all: readonly Definition[]): boolean {
  if (definition.tokens.some(({ type, text }) => type === 'name' && text === 'else')) return true
  return all.some(({ name, isDefault }) => isDefault && name === definition.name)
}

/** `replace(s, "", x)` never ends in WebAssembly, so what is searched for must be seen not to be empty. */
function searchesIn(
  path: string,
  tokens: readonly Token[],
  isBuiltin: (name: string) => boolean,
): readonly Issue[] {
  return tokens.flatMap((token, at) => {
    const isCall = token.type === 'name' && tokens[at + 1]?.text === '(' && isBuiltin(token.text)
    if (!isCall || isSafeSearch(token.text, argumentsAt(tokens, at + 1))) return []
    return [
      issueAt(
        path,
        token,
        `${token.text} never ends on an empty search: give it a literal text that is not empty`,
      ),
    ]
  })
}

function isSafeSearch(builtin: string, args: readonly (readonly Token[])[]): boolean {
  if (builtin === 'replace') {
    const [, search = []] = args
    return search.length === 1 && isText(search[0])
  }
  if (builtin !== 'strings.replace_n') return true
  const [patterns = []] = args
  const keys = patterns.filter((_, at) => {
    const before = patterns[at - 1]
    return (
      before !== undefined &&
      before.depth <= (patterns[0]?.depth ?? 0) + 1 &&
      /^[{,]$/.test(before.text)
    )
  })
  return patterns[0]?.text === '{' && keys.every(isText)
}

function isText(token: Token | undefined): boolean {
  return token?.type === 'string' && token.text !== ''
}

/** The arguments of the call whose bracket opens at this token. */
function argumentsAt(tokens: readonly Token[], at: number): readonly (readonly Token[])[] {
  const depth = (tokens[at]?.depth ?? 0) + 1
  const args: Token[][] = [[]]
  for (const token of tokens.slice(at + 1)) {
    if (token.depth < depth) break // the closing bracket
    if (token.depth === depth && token.type === 'mark' && token.text === ',') args.push([])
    else args.at(-1)?.push(token)
  }
  return args
}
