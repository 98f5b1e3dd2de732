import { readValue } from '../values/read.ts'
import { isNumber, type RegoValue } from '../values/value.ts'

/** Beyond this no fuel helps: what would be made takes seconds, and more memory than a policy should have. */
export const maxWork: number = 2 ** 20

/**
 * How much some builtins make out of little, by their operands: it is paid for before they begin, so that fuel bounds them
 * like everything else.
 */
export function workOf(name: string, texts: readonly string[]): number {
  const work = generators[name]
  return work === undefined ? 0 : work(texts.map(readValue))
}

const generators: {
  readonly [name: string]: ((operands: readonly RegoValue[]) => number) | undefined
} = {
  'net.cidr_expand': ([cidr]) => addressesIn(cidr),
  'numbers.range_step': ([from, to, step]) =>
    Math.abs(numberOf(to) - numberOf(from)) / Math.max(numberOf(step), 1),
  sprintf: ([format]) => widthsIn(format),
}

function addressesIn(cidr: RegoValue | undefined): number {
  const [, address = '', bits = '0'] = /^(.*)\/(\d+)$/.exec(textOf(cidr)) ?? []
  return 2 ** ((address.includes(':') ? 128 : 32) - Number(bits))
}

/** `%1000000d` writes a million characters. A width that stands in an operand (`*`) is one that Go bounds itself. */
function widthsIn(format: RegoValue | undefined): number {
  const widths = textOf(format).match(/\d+/g) ?? []
  return widths.reduce((sum, digits) => sum + Number(digits), 0)
}

function textOf(value: RegoValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: RegoValue | undefined): number {
  return typeof value === 'object' && value !== null && isNumber(value) ? Number(value.number) : 0
}
