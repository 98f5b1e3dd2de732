import type { Definition } from '../definitions.ts'
import { issueAt } from '../place.ts'
import { rulesOf, type Lint, type Source } from './lint.ts'

/** Builtins that are undefined on bad input, which makes the rule around them pass in silence. */
const silent: ReadonlySet<string> = new Set(
  `to_number base64.decode base64url.decode hex.decode json.unmarshal json.patch yaml.unmarshal urlquery.decode
  urlquery.decode_object regex.match regex.replace regex.split regex.find_n regex.find_all_string_submatch_n
  regex.template_match glob.match net.cidr_contains net.cidr_contains_matches net.cidr_intersects net.cidr_expand
  net.cidr_merge time.parse_rfc3339_ns time.parse_ns time.parse_duration_ns units.parse units.parse_bytes
  semver.compare io.jwt.decode numbers.range_step bits.lsh bits.rsh`.split(/\s+/),
)
const silentMarks: ReadonlySet<string> = new Set(['/', '%'])

/** Of packs, whose rules pass where they find nothing. */
export const silentBuiltin: Lint = {
  name: 'silent-builtin',
  find: (source) =>
    rulesOf(source).flatMap((definition) => {
      const isInLibrary = source.path.startsWith('lib/')
      if (isInLibrary && hasWayOut(definition, source)) return []
      return silentIn(definition, source).map((token) => {
        const way = isInLibrary
          ? `: give ${definition.name} an else branch or a default`
          : ', and the rule would pass: call a function of lib/ that has an else branch'
        return issueAt(source.path, token, `${token.text} is undefined on bad input${way}`)
      })
    }),
}

function silentIn({ tokens }: Definition, { isBuiltin }: Source): Definition['tokens'] {
  return tokens.filter((token, at) => {
    if (token.type === 'mark') return silentMarks.has(token.text)
    const isCall = tokens[at + 1]?.text === '('
    return token.type === 'name' && isCall && silent.has(token.text) && isBuiltin(token.text)
  })
}

function hasWayOut(definition: Definition, { definitions }: Source): boolean {
  if (definition.tokens.some(({ type, text }) => type === 'name' && text === 'else')) return true
  return definitions.some(({ name, isDefault }) => isDefault && name === definition.name)
}
