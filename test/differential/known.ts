import type { Call } from './builtins.ts'

/** Where OPA and a module differ, and the module is left as it is: each with the calls it is about, and why. */
export const known: readonly {
  readonly names: readonly string[]
  readonly operands: RegExp
  readonly why: string
}[] = [
  {
    names: [
      'array.slice',
      'substring',
      'regex.find_all_string_submatch_n',
      'numbers.range',
      'indexof',
      'plus',
      'minus',
      'mul',
      'div',
      'abs',
      'ceil',
      'floor',
      'round',
    ],
    operands: /\de[-+]?\d/i,
    why: 'an integer that is written with an exponent stays one, and is an index to the module',
  },
  {
    names: ['glob.match'],
    operands: /[()^$+|{}\\]|\[[^\]"]*"|\u2028/,
    why: 'the module matches globs by regular expressions, does not escape all that means something to those, and closes what is left open',
  },
  {
    names: ['net.cidr_contains', 'net.cidr_intersects', 'net.cidr_overlap'],
    operands: /./,
    why: 'the module reads an address that is followed by something else; such a call is false or true instead of undefined',
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
    operands: /"[-+]?0\d|"\+|\d\.[e"]/i,
    why: 'OPA makes numbers of 010, +1 and 5. that are written as no JSON is',
  },
  {
    names: ['json.unmarshal'],
    operands: /null/,
    why: 'OPA takes a null behind a value for the end of the text',
  },
  {
    names: ['internal.template_string'],
    operands: /./,
    why: 'the compiler gives it strings and sets only; template strings are in the policies',
  },
]

/** Why this call is known to differ; null where it must not. */
export function knownDifference({ name, operands }: Call): string | null {
  return known.find((one) => one.names.includes(name) && one.operands.test(operands))?.why ?? null
}
