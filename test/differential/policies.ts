import fc from 'fast-check'

/** A small policy, whose rule `r` is asked for, and the inputs that it is asked about. */
export type Policy = { readonly body: string; readonly inputs: readonly string[] }

/** The variables that an expression may use. */
type Scope = readonly string[]
type Written = (scope: Scope) => string
type Part = fc.Arbitrary<Written>

const always =
  (text: string): Written =>
  () =>
    text
const constant = (...texts: readonly string[]): Part => fc.constantFrom(...texts.map(always))

const literals = [
  'null', 'true', 'false', '0', '1', '-2', '3', '10', '0.5', '2.5', '""', '"a"', '"b"', '"ab"', '"B"', '"ä"', '"x,y"', '"1.5"', '123456789012345678901234567890', '"\\n\\t\\"\\\\"', '"<\\u2028&"', '"😀"',
] // prettier-ignore
const literal = constant(...literals)
const documents = [
  'input', 'input.a', 'input.o', 'input.s', 'input.n', 'input.z', 'input.o.b', 'input.a[0]', 'input["a"]', 'input.missing', 'data.PACKAGE.members', 'data.PACKAGE.named', 'data.PACKAGE.nested', 'data.PACKAGE.nested.a', 'data.PACKAGE.deep', 'data.PACKAGE.deep.o.k', 'data.PACKAGE.pairs', 'data.PACKAGE.limit',
] // prettier-ignore
const given = constant(...documents)

/** A call of one of these functions. */
function called(names: readonly string[], operands: readonly Part[]): Part {
  return fc.tuple(fc.constantFrom(...names), fc.tuple(...operands)).map(
    ([name, parts]) =>
      (scope) =>
        `${name}(${parts.map((part) => part(scope)).join(', ')})`,
  )
}

/** Two with one of these marks between them. */
function marked(marks: readonly string[], part: Part): Part {
  return fc.tuple(fc.constantFrom(...marks), part, part).map(
    ([mark, left, right]) =>
      (scope) =>
        `${left(scope)} ${mark} ${right(scope)}`,
  )
}

function joined(
  parts: readonly fc.Arbitrary<Written>[],
  write: (texts: readonly string[]) => string,
): Part {
  return fc.tuple(...parts).map((written) => (scope) => write(written.map((part) => part(scope))))
}

const variable: Part = fc
  .nat({ max: 3 })
  .map((pick) => (scope) => scope[pick % Math.max(scope.length, 1)] ?? 'input')

/** What OPA knows no type of, so that it does not refuse what would be undefined. */
function untyped(written: Written): Written {
  return (scope) => {
    const text = written(scope)
    return /^(?:input|[kvem]\d*$)[\w.["\]]*$/.test(text) ? text : `same(${text})`
  }
}

/** What begins with a `some` binds a name of its own, for what stands in it. */
function comprehension(
  open: string,
  close: string,
  [source, head, condition]: readonly [Part, Part, Part],
): Part {
  return fc
    .tuple(source, head, condition, fc.boolean())
    .map(([from, to, when, isPair]) => (scope) => {
      const [key, value] = [`k${scope.length}`, `v${scope.length}`]
      const inside = [...scope, value, ...(isPair ? [key] : [])]
      const bound = isPair
        ? `some ${key}, ${value} in ${from(scope)}`
        : `some ${value} in ${from(scope)}`
      const made = to(inside)
      const named = open === '{:' ? `${isPair ? key : value}: ${made}` : made
      const used = [`${value} != "z"`, ...(isPair ? [`${key} != "z"`] : [])]
      return `${open === '{:' ? '{' : open}${named} | ${[bound, ...used, when(inside)].join('; ')}${close}`
    })
}

const one = ['count', 'sort', 'sum', 'max', 'min', 'upper', 'lower', 'json.marshal', 'object.keys', 'to_number', 'is_string', 'type_name', 'abs', 'round', 'array.reverse', 'union', 'trim_space', 'helper', 'json.unmarshal', 'intersection', 'all_of', 'tier', 'score', 'known'] as const // prettier-ignore
const two = ['concat', 'split', 'startswith', 'contains', 'array.concat', 'object.union', 'trim', 'format_int', 'indexof', 'object.remove', 'object.filter', 'numbers.range', 'set_minus', 'matches', 'json.remove'] as const // prettier-ignore
const three = ['replace', 'substring', 'object.get', 'array.slice'] as const
const between = ['+', '-', '*', '/', '%', '|', '&'] as const
const compared = ['==', '!=', '<', '<=', '>', '>=', 'in'] as const

type Tie = { value: Written; condition: Written }

const { value, condition } = fc.letrec<Tie>((tie) => {
  const when = tie('condition')
  const inner = tie('value').map(untyped)
  const parts = [inner, inner, when] as const
  return {
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { arbitrary: literal, weight: 3 },
      { arbitrary: given, weight: 6 },
      { arbitrary: variable, weight: 4 },
      joined([inner, inner], ([left, right]) => `[${left}, ${right}]`),
      // Neither as {${left}, ${right}} nor as {${left}: …}: see what is known of policies.
      joined([inner, inner], ([left, right]) => `{m | some m in [${left}, ${right}]}`),
      joined([inner, inner], ([left, right]) => `{"k": ${left}, "j": ${right}}`),
      joined([inner, inner], ([left, right]) => `{k: v | some [k, v] in [[${left}, ${right}], ["j", [${right}]]]}`),
      { arbitrary: comprehension('[', ']', parts), weight: 4 },
      { arbitrary: comprehension('{', '}', parts), weight: 2 },
      comprehension('{:', '}', parts),
      joined([inner], ([of]) => `[w | walk(${of}, w)]`),
      joined([inner], ([of]) => `[p | walk(${of}, [p, _])]`),
      joined([inner, inner], ([left, right]) => `$"{${left}}/{${right}}"`),
      joined([inner, inner, inner], ([of, whole, part]) => `[w | w := ${of} with input as ${whole} with input.o.b as ${part}]`),
      joined([inner, inner], ([of, as]) => `[w | w := helper(${of}) with data.PACKAGE.same as ${as}]`),
      joined([inner, inner], ([of, as]) => `[w | w := tier(${of}) with input.a as ${as} with count as data.PACKAGE.same]`),
      { arbitrary: called(one, [inner]), weight: 4 },
      { arbitrary: called(two, [inner, inner]), weight: 3 },
      called(three, [inner, inner, inner]),
      { arbitrary: marked(between, inner).map((sum): Written => (scope) => `(${sum(scope)})`), weight: 3 },
    ),
    condition: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { arbitrary: constant('true'), weight: 5 },
      { arbitrary: marked(compared, inner), weight: 5 },
      joined([inner], ([of]) => of ?? ''),
      joined([when], ([of]) => `not flag(${of})`),
      joined([inner, inner], ([of, member]) => `not ${of} in ${member}`),
      fc.tuple(inner, when).map(([of, holds]): Written => (scope) => {
        const at = `i${scope.length}`
        return `some ${at}; input.a[${at}] == ${of(scope)}; ${holds([...scope, at])}`
      }),
      joined([inner, inner], ([left, right]) => `[_, ${left}] = [1, ${right}]`),
      fc.tuple(inner, when).map(([from, holds]): Written => (scope) => {
        const bound = `e${scope.length}`
        return `every ${bound} in ${from(scope)} { ${bound} != "z"; ${holds([...scope, bound])} }`
      }),
      joined([inner, inner], ([left, right]) => `data.PACKAGE.named == ${left} with input.o as ${right}`),
      joined([inner, inner, inner], ([of, at, is]) => `walk(${of}, [[${at}], ${is}])`),
      joined([inner, inner, inner], ([of, at, is]) => `not walk(${of}, [[${at}], ${is}])`),
      fc.tuple(inner, when).map(([of, holds]): Written => (scope) => {
        const [path, member] = [`p${scope.length}`, `v${scope.length}`]
        return `walk(${of(scope)}, [${path}, ${member}]); ${path} != "z"; ${holds([...scope, member, path])}`
      }),
      joined([inner, inner], ([of, member]) => `some [_, {"k": x0}] in ${of}; x0 == ${member}`),
    ),
  }
}) // prettier-ignore

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    '',
    'a',
    'b',
    'ab',
    'B',
    'x,y',
    'ä',
    'longer text',
    '1',
    '10.5',
  ),
  fc.integer({ min: -3, max: 20 }),
  fc.constantFrom(0.5, 1.25, 1e6, 3e9),
)
const key = fc.constantFrom('a', 'b', 'zz', 'nginx', 'k', 'j', 'x')
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: leaf, weight: 3 },
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value
const input = fc.record({
  a: fc.oneof({ arbitrary: fc.array(leaf, { maxLength: 5 }), weight: 3 }, json),
  o: fc.oneof({ arbitrary: fc.dictionary(key, json, { maxKeys: 5 }), weight: 3 }, json),
  s: fc.constantFrom('a', 'b', '', 'a,b', 'Straße', 'b a'),
  n: fc.oneof(fc.integer({ min: -3, max: 20 }), fc.constantFrom(0.5, 2.25, 3e9)),
  z: json,
})

/** The answers of `r`, and what its helpers are made of. */
type Rules = readonly [readonly (readonly [Written, Written])[], Written, Written, Written]
const rules: fc.Arbitrary<Rules> = fc.tuple(
  fc.array(fc.tuple(value, condition), { minLength: 1, maxLength: 3 }),
  value,
  condition,
  value,
)

const texts = ['a', 'b', '', 'a,b', 'Straße', 'b a', 'ab', 'B', 'ä', 'longer text', '1', 'x,y']
const asked = fc.constantFrom('input.s', 'input.o.a', 'input.z', 'input.o["b"]["k"]')
const when = fc.constantFrom(
  'true',
  'true',
  'input.n > 0',
  'not input.z',
  'some x in input.a; x != 1',
)
const known = fc.array(fc.tuple(fc.constantFrom(...texts), when), { minLength: 6, maxLength: 20 })

/** Rules that ask for one of many strings, as the build looks for them by an index. They are long: one policy in eight has them. */
const families: fc.Arbitrary<readonly string[]> = fc.oneof(
  { arbitrary: fc.constant([]), weight: 7 },
  fc
    .tuple(asked, asked, known)
    .map(([first, second, all]) => [
      'default level := "none"',
      'r["family"] := [chosen, level, [pick(x) | some x in ["a", "ab", "none", input.s, input.n]]]',
      ...all.flatMap(([text, holds], index) => [
        `chosen contains ${index} if { ${first} == "${text}"; ${holds} }`,
        `level := "${text}" if { ${holds}; "${text}" == ${second} }`,
        `pick(x) := "${text}" if { y := x; ${index % 9 === 0 ? 'input.o' : 'true'}; y == "${text}" }`,
      ]),
    ]),
)

/** Rules that others may use, by what they are used by. Only those that are used are in a policy. */
const plainHelpers: readonly (readonly [string, readonly string[]])[] = [
  ['same(', ['same(x) := x']],
  ['all_of(', ['all_of(x) := y if { y := [v | some v in x] }']],
  ['set_minus(', ['set_minus(x, y) := {v | some v in x} - {v | some v in y}']],
  ['matches(', ['matches(x, y) if glob.match(x, ["."], y)']],
  ['flag(', ['flag(x) if x']],
]

function helpersOf([, member, when, other]: Rules): typeof plainHelpers {
  return [
    ['.members', [`members contains m if { some m0 in input.a; m := ${member(['m0'])}; ${when(['m0'])} }`]],
    ['.named', [`named[k] := v if { some k, v in input.o; ${when(['v', 'k'])} }`]],
    ['helper(', [`helper(x) := ${other(['x'])} if { ${when(['x'])} } else := [x]`]],
    ['tier(', [`tier(x) := ${member(['x'])} if { ${when(['x'])} } else := ${other(['x'])} if { x != 1 } else := "last"`]],
    ['.limit', [`limit := ${other([])} if { ${when([])} }`, 'default limit := 3']],
    ['.nested', ['nested[k][j] := v if { some k, o in input.o; some j, v in o }']],
    ['.deep', ['deep[k][j] contains v if { some k in ["a", "o"]; some j, v in input[k] }', `deep.o.k contains ${member([])} if { ${when([])} }`]],
    ['.pairs', ['pairs contains [k, v] if { some k, v in input.o }']],
    ['known(', [`known(x) if { some y in input.a; y == x; ${when(['x', 'y'])} }`, `known(x) if { walk(input.o, [_, y]); ${when(['x', 'y'])} }`, `known(x) if { ${when(['x'])} }`]],
    ['score(', ['score(x) := count(x) if is_array(x)', 'score(x) := x + 1 if is_number(x)', 'default score(_) := -1']],
  ]
} // prettier-ignore

function usedOf(helpers: typeof plainHelpers, text: string): readonly string[] {
  return helpers.filter(([use]) => text.includes(use)).flatMap(([, rules]) => rules)
}

/** The text of a policy; its package is the caller's. */
export const policies: fc.Arbitrary<Policy> = fc
  .tuple(rules, families, fc.array(input, { minLength: 1, maxLength: 4 }))
  .map(([parts, family, documents]) => {
    const answers = parts[0].map(
      ([given, holds], index) => `r[${index}] := ${given([])} if { ${holds([])} }`,
    )
    const helpers = usedOf(helpersOf(parts), answers.join()).map(withoutRules)
    const all = [...helpers, ...family, ...answers]
    const body = [...usedOf(plainHelpers, all.join()), ...all].join('\n\n')
    return { body, inputs: documents.map((document) => JSON.stringify(document)) }
  })

/** What `r` uses may not use itself. */
function withoutRules(text: string): string {
  return text
    .replaceAll('data.PACKAGE.members', 'input.z')
    .replaceAll(/data\.PACKAGE\.(?:named|pairs|limit|nested(?:\.a)?|deep(?:\.o\.k)?)/g, 'input.o')
    .replaceAll(/(?<!^|default )(?:helper|tier|score|known)\(/g, 'count(')
}

/** The policy as the package of that name. */
export function textOf({ body }: Policy, name: string): string {
  return `package ${name}\n\n${body.replaceAll('data.PACKAGE.', `data.${name}.`)}\n`
}
