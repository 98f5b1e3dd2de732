import type { Call } from './builtins.ts'

/** Where OPA and a module differ, and the module is left as it is: each with the calls it is about, and why. */
export const known: readonly {
  readonly names: readonly string[]
  readonly operands: RegExp
  readonly why: string
}[] = [
  {
    names: ['plus', 'minus', 'mul'],
    operands: /\de\+?(?:1[89]|[2-9]\d|\d{3})/i,
    why: 'what comes of an integer of more than 18 digits that is written with an exponent is written with one; OPA writes all digits',
  },
  {
    names: [
      'union',
      'or',
      'and',
      'intersection',
      'object.union',
      'object.union_n',
      'object.filter',
      'object.remove',
    ],
    operands: /\d\.\d*0\b/,
    why: 'of two that are equal, 2 and 2.0, the module keeps the other one',
  },
  {
    names: ['to_number'],
    operands: /0x|"[-+]?0\d|"\+|_|\d\.[e"]/i,
    why: 'of 010, +1, 5. and 1_0 the host makes 10, 1, 5 and 10, where OPA makes numbers that it cannot print; it also reads hexadecimal fractions such as 0x1p-2, and the host does not',
  },
]

/** Where an evaluation by OPA shows how it goes about it, and the module does not follow. Random policies do not ask for it. */
export const knownOfPolicies: readonly string[] = [
  'OPA remembers what a function gave for equal operands: one that was called with 1e3 may give for 1000 what it gave then, 1e3. The module gives 1000.',
  'An object that is written with a computed key, `{lower(x): 1, "j": 2}`, and a set with a computed member, `{[count(x)], null}`, are gone through by OPA in the order that its compiler gave to them before they were computed; by the module in the order of what they hold.',
  'Of data.q[k], where data holds a q beside rules of a package q, OPA goes through the keys in data first and then through those of rules; the module the other way. An array comprehension shows it.',
  'A number finds what lies under that text in data, as it does in OPA; the module also lets it where `with data.m as …` stands for what lies there, OPA does not.',
  'A pattern with \\C is no pattern to OPA, and any byte to the module; (|a)* finds nothing of "a" in OPA, and all of it in the module; scripts of Unicode 15 have no names in the module.',
  'Of data.q[k].o[j], where one package of q writes o with a variable (`o[x] := …`) and another only deeper (`o.a.b := …`), the module does not find the second: OPA plans no rule for it. Asked as data.q[k].o it is there.',
  'data.q[input.k].v with f as x, where x is a variable and the reference is the expression itself, ends in an error in the module; in a rule of its own it does not.',
]

/** Why this call is known to differ; null where it must not. */
export function knownDifference({ name, operands }: Call): string | null {
  return known.find((one) => one.names.includes(name) && one.operands.test(operands))?.why ?? null
}
