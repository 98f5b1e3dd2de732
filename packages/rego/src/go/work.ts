import { readValue } from '../values/read.ts'
import {
  identityOf,
  isArray,
  isNumber,
  isObject,
  isSet,
  textOf as valueText,
  type RegoValue,
} from '../values/value.ts'

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
  'graph.reachable_paths': ([graph, roots]) => pathsIn(graph, roots),
  'strings.render_template': ([template, values]) => renderingIn(template, values),
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

/** As many steps as OPA's own search along all paths takes, or just more than it may. */
function pathsIn(graph: RegoValue = null, roots: RegoValue = null): number {
  if (!isObject(graph)) return 0
  const edges = new Map(graph.members.map(([node, to]) => [identityOf(node), membersOf(to)]))
  let steps = 0
  const follow = (node: string, passed: ReadonlySet<string>): void => {
    steps += 1 + passed.size
    if (steps > maxWork || passed.has(node)) return
    const further = new Set([...passed, node])
    for (const next of edges.get(node) ?? []) follow(next, further)
  }
  for (const root of membersOf(roots)) follow(root, new Set())
  return steps
}

function membersOf(value: RegoValue): readonly string[] {
  if (isArray(value)) return value.map(identityOf)
  return isSet(value) ? value.set.map(identityOf) : []
}

/**
 * A template of Go goes through lists, or up to a number, once for each `range` that stands in another; one that calls itself
 * may never end.
 */
function renderingIn(template: RegoValue = null, values: RegoValue = null): number {
  const text = textOf(template)
  if (/\{\{-?\s*(?:define|block|template)\b/.test(text)) return Infinity
  const ranges = text.match(/\brange\b/g)?.length ?? 0
  const written = valueText(values)
  const numbers = `${text} ${written}`.match(/\d+/g)?.map(Number) ?? []
  const most = Math.max(written.length, ...numbers)
  return (text.length + written.length) * (ranges === 0 ? 1 : most ** ranges) + widthsIn(template)
}

function textOf(value: RegoValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: RegoValue | undefined): number {
  return typeof value === 'object' && value !== null && isNumber(value) ? Number(value.number) : 0
}
