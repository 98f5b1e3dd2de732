import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildRego } from '@writ/compiler'
import { createInstance, loadModule, meter, readBundle, type RegoInstance } from '@writ/rego'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStand, type Stand } from './stand.ts'

const input = {
  names: ['nginx', 'b', 'a', 'longer'],
  ages: { zoe: 3, adam: { y: [1], b: 2 } },
  empty: '',
  big: 3_000_000_000,
  zero: 0,
  sets: { a: {} },
}

const data = { base: { ports: { 1: 'one' }, list: ['zero'] } }

/** Each is a rule; its value is what `opa eval` 1.22.2 gives. What begins with `all` is a set of all names. */
const rules: readonly (readonly [string, unknown])[] = [
  ['[x | some x in all]', ['a', 'b', 'longer', 'nginx']],
  ['[x | all[x]]', ['a', 'b', 'longer', 'nginx']],
  ['[x | some x in {y | some y in input.names}]', ['a', 'b', 'longer', 'nginx']],
  ['[x | some x in input.names]', ['nginx', 'b', 'a', 'longer']],
  ['[i | input.names[i] == "a"]', [2]],
  ['[k | some k, _ in input.ages]', ['adam', 'zoe']],
  ['[v | some v in input.ages]', [{ b: 2, y: [1] }, 3]],
  ['[concat("", [x, y]) | some x in all; some y in all; x < y]', ['ab', 'alonger', 'anginx', 'blonger', 'bnginx', 'longernginx']],
  ['[x | some name in all; x := [y | some y in all; y < name]][3]', ['a', 'b', 'longer']],
  ['[x | x := input.ages[_][_]]', [2, [1]]],
  ['[x | x := input.empty[_]]', []],
  ['[1 | count([x | some x in all]) == 4]', [1]],
  ['[path | walk(input.ages, [path, _])]', [[], ['adam'], ['adam', 'b'], ['adam', 'y'], ['adam', 'y', 0], ['zoe']]],
  ['[value | walk([{"b", "a"}], [_, value])]', [[['a', 'b']], ['a', 'b'], 'a', 'b']],
  ['concat(",", all)', 'a,b,longer,nginx'],
  ['concat(",", input.names)', 'nginx,b,a,longer'],
  ['json.marshal(all)', '["a","b","longer","nginx"]'],
  ['json.marshal({"<": input.ages})', '{"\\u003c":{"adam":{"b":2,"y":[1]},"zoe":3}}'],
  ['$"{all} {input.ages} {input.big}"', '{"a", "b", "longer", "nginx"} {"adam": {"b": 2, "y": [1]}, "zoe": 3} 3000000000'],
  ['$"{set()} {[]} {{}} [{input.zero}] {input.never}"', 'set() [] {} [0] <undefined>'],
  ['$"({set()})"', '(set())'],
  ['replace("ab", input.empty, "-")', '-a-b-'],
  ['replace("abc", "b", "-")', 'a-c'],
  ['format_int(input.big, 16)', 'b2d05e00'],
  ['json.unmarshal("1e1000000")', undefined],
  ['[input.big + 1, 0.1 * 0.6, 1 / 3, 10 / 4, 6 / -3, 0 / -5, 7 - 0.1]', [3_000_000_001, 0.06, 1 / 3, 2.5, -2, -0, 6.9]],
  ['$"{0.1 * 0.6} {1 / 3} {sum([0.1, 0.2])} {product([0.1, 3])} {1000000.5 + 1}"', '0.060000000000000000002 0.33333333333333333334 0.3 0.30000000000000004 1.0000015e+06'],
  ['[round(2.5), round(-2.5), ceil(1.2), floor(-1.2), ceil(-0.5), floor(3), abs(-2.5), abs(-2)]', [3, -3, 2, -2, 1, 3, 2.5, 2]],
  ['{1, 2} - {2}', [1]],
  ['input.names[0] - 1', undefined],
  ['1 / input.zero', undefined],
  ['[array.slice(input.names, 1.0, 3), substring("abcd", 1.0, 2.0), bits.or(2.0, 1)]', [['b', 'a'], 'bc', 3]],
  ['[base64.is_valid("aa"), base64.is_valid(""), base64.decode("YWI="), base64url.decode("YWI")]', [false, true, 'ab', 'ab']],
  ['[base64.decode(x) | some x in ["", "aa", "YQ=="]]', ['', 'a']],
  ['[indexof("ab", x) | some x in ["", "b"]]', [1]],
  ['[to_number(x) | some x in ["-", "1.50", "x", null, true, 7]]', [1.5, 0, 1, 7]],
  ['object.union_n([])', {}],
  ['object.union_n(input.sets)', undefined],
  ['object.union_n([{"a": 1}, {"b": 2}])', { a: 1, b: 2 }],
  ['json.filter({"a": 1, "b": 2}, ["", "a"])', { a: 1 }],
  ['json.remove({"a": 1, "b": 2}, {"", "a"})', { b: 2 }],
  ['json.filter({"a": 1, "b": 2}, [["a"], []])', { a: 1 }],
  ['[json.is_valid(x) | some x in ["1", "1 2", "{}", "2001:db8"]]', [true, false, true, false]],
  ['count(regex.find_all_string_submatch_n("a", "aaa", -7))', 3],
  ['[array.slice([1, 2], 0, x) | some x in [2.0, 2e0, 2E0]]', [[1, 2]]],
  ['[substring("ab", x, 1) | some x in [1, 1.0, 1e0]]', ['b', 'b']],
  ['[count(regex.find_all_string_submatch_n("a", "aa", x)) | some x in [1, 1.0, 1e0]]', [1, 1]],
  ['[bits.or(x, 1) | some x in [2, 2.0, 2e0]]', [3, 3, 3]],
  ['[glob.match(x, [], "ab") | some x in ["a$", "ab$", "a*", "a{b", "(ab)"]]', [false, false, true, false]],
  ['[net.cidr_contains("10.0.0.0/8", x) | some x in ["10.1.2.3", "10.1.2.3.4", "10.1.2.3 ", "11.0.0.0/8"]]', [true, false]],
  ['[net.cidr_intersects("10.0.0.0/8", x) | some x in ["10.1.0.0/16x", "10.1.0.0/16"]]', [true]],
  ['every x in all { x != "c" }', true],
  // What was looked up once is looked up again where it may be another, or where nothing was looked up yet.
  ['[[x, y] | x := input.zero; y := input.zero with input.zero as 5]', [[0, 5]]],
  ['[[x, y, z] | x := input.zero; y := [a | a := input.zero] with input.zero as 5; z := input.zero]', [[0, [5], 0]]],
  ['[[x, y] | x := input.ages.zoe; y := x with input.ages as {}]', [[3, 3]]],
  ['[x | _ := [y | some _ in []; y := input.ages.zoe]; x := input.ages.zoe]', [3]],
  ['[x | not input.ages.none; x := input.ages.zoe; not input.ages.zoe == 4]', [3]],
  ['[[a.b, a.b] | some a in input.ages]', [[2, 2]]],
  ['[[a.b, c] | some a in [{"b": 1}, {"b": 2}]; c := [a.b | some a in [{"b": 3}, {"b": 4}]]]', [[1, [3, 4]], [2, [3, 4]]]],
  // A function is no document, and stands in the way of none.
  ['{name: data.q[name].kind | some name in {"a", "b"}}', { a: 'x' }],
  ['{k | data.q[_][k]}', ['kind', 'other']],
  ['{k | data.q.a[k]}', ['kind']],
  // An else uses the locals of the body before it anew: here what a walk gave, then an object.
  ['data.w.chosen(input.ages)', [input.ages]],
  // What stands for a function holds in all that is asked by it, wherever it is written.
  ['[x | x := data.w.seen with data.w.f as [1] with input.k as 1]', [[1]]],
  ['[x | x := data.w.seen with input.k as 1 with data.w.f as [data.w.made("p")]]', [[{ made: 'p' }]]],
  // A not asks all that a walk or a reference leads to.
  ['[x | some x in [3, 4]; not walk(input.ages, [["zoe"], x])]', [4]],
  ['[x | some x in ["a", "b", "c", "own"]; not data.l[x].y]', ['b', 'c', 'own']],
  ['[x | x := data.w.part with input as ["text"]]', [{ k: 1 }]],
  ['[x | y := [1]; x := data.w.picked with input.k as "a" with data.w.f as y]', ['x']],
  ['[x | y := [1]; x := data.w.picked with input.k as "b" with data.w.f as y]', []],
  ['[x | some x in ["a", "b", "c"]; not data.q[x].kind == "y"]', ['a', 'b', 'c']],
  // A rule ends where it is known what it gives: what comes after is an error.
  ['data.w.once', true],
  // Data is read by paths of texts; what was given to a variable is not.
  ['[x | some x in [1, 1.0, 1e0, "1", true, 2]; data.base.ports[x]]', [1, '1']],
  ['[x | ports := data.base.ports; some x in [1, "1"]; ports[x]]', ['1']],
  ['[x | some y in ["0", "a", "2"]; x := data.base.list[y]]', ['zero']],
  ['[x | some x in [1, 2]; not data.base.ports[x]]', [2]],
  ['[regex.match(x, "a") | some x in ["(?<x>a)", "(?<x>a", "a", "[(?<a]"]]', [true, true, true]],
  ['[regex.match("a\\u0000b", "a\\u0000c"), regex.match("a\\u0000b", "a\\u0000b"), regex.is_valid("(?<x>a)"), regex.is_valid("(")]', [false, true, true, false]],
  ['regex.find_all_string_submatch_n("(?<x>b)", "ab", -1)', [['b', 'b']]],
  // What is made of constants is made once, and stays what it is.
  ['[x | some x in input.names; x in {"a", "b"}]', ['b', 'a']],
  ['[s | some x in input.names; s := {"k"} | {x}; x != "longer"]', [['k', 'nginx'], ['b', 'k'], ['a', 'k']]],
  ['[l | some x in input.names; l := [y | some y in ["p", x]]; x in ["a", "b"]]', [['p', 'b'], ['p', 'a']]],
  ['[[x, y] | some x in ["a"]; y := [z | some z in {"c", "b"}]]', [['a', ['b', 'c']]]],
  // What an every names is its own.
  ['data.w.twice(input.ages)', true],
  ['data.w.after(input.ages)', ['adam', 'zoe']],
] // prettier-ignore

/** Beside the rules: packages that hold functions too. */
const beside = {
  'w.rego': `package w

f(_) := data.never

made(x) := {"made": x}

part := x if x := input with input.k as 1

once if { some x in input.names; twice(x) }

once if twice("b")

twice("nginx")

twice("b") := 1

twice("b") := 2

picked := data.q[input.k].kind

twice(x) if {
  every e in [x] { e[k] == 3 }
  every e in [x.adam] { e[k] == 2 }
}

after(x) := [k | x[k]] if every e in [x] { walk(e, [[k], 3]) }

chosen(x) := 1 if { x.zoe; x.zoe; walk(x, [["never"], _]) } else := [v | some v in made(x)]

seen contains x if some x in f(input.k)
`,
  'l.rego': 'package l\n\nown := 1\n',
  'la.rego': 'package l.a\n\ny := true\n',
  'lb.rego': 'package l.b\n\ny := false\n',
  'a.rego': 'package q.a\n\nkind := "x"\n\nf(x) := x\n',
  'b.rego': 'package q.b\n\nkind(x) := x\n\nother := 1\n',
}

let stand: Stand
let instance: RegoInstance
beforeAll(async () => {
  stand = await openStand()
  const folder = mkdtempSync(join(stand.policies, '..', 'exact-'))
  const lines = rules.map(([body], index) =>
    body.startsWith('every') ? `r${index} if ${body}` : `r${index} := ${body}`,
  )
  const text = ['package p', 'all contains x if some x in input.names', ...lines].join('\n\n')
  for (const [path, written] of Object.entries({ ...beside, 'p.rego': text }))
    writeFileSync(join(folder, path), written)
  const { bundle } = await buildRego({
    ...stand.surroundings,
    paths: [{ named: 'p', file: folder }],
    entrypoints: rules.map((_, index) => `p/r${index}`),
    regoVersion: 1,
    gates: false,
  })
  const module = loadModule(meter(readBundle(bundle).get('policy.wasm') ?? new Uint8Array()))
  instance = createInstance(module, { data: Buffer.from(JSON.stringify(data)), maxPages: 256 })
})
afterAll(() => stand?.close())

test.each(rules.map(([body, value], index) => ({ body, value, entrypoint: `p/r${index}` })))(
  '$body is what it is to OPA',
  ({ entrypoint, value }) => {
    const evaluated = instance.evaluate({
      input: Buffer.from(JSON.stringify(input)),
      entrypoint,
      fuel: 1_000_000,
      now: 0n,
    })
    expect(evaluated.status).toBe(value === undefined ? 'undefined' : 'defined')
    if (evaluated.status === 'defined') expect(JSON.parse(evaluated.text)).toEqual(value)
  },
)
