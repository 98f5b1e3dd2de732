import { isList, type Json, type JsonObject } from '@writ/domain'
import { memberOf, objectOf, textOf } from './json-read.ts'

/** A document of a plan as its code says it in HCL; null for other documents, and where only the plan shows what happens. */
export function hclText(document: Json): string | null {
  if (!textOf(memberOf(document, 'type')).startsWith('terraform/')) return null
  const change = memberOf(memberOf(document, 'content'), 'change')
  const after = objectOf(memberOf(change, 'after'))
  const actions = memberOf(change, 'actions')
  if (after === null || (isList(actions ?? null) && textOf(actions).includes('delete'))) return null
  const address = textOf(memberOf(document, 'id'))
  const [name, type] = namesIn(address)
  const word = /(?:^|\.)data\./.test(address) ? 'data' : 'resource'
  return `${word} "${type}" "${name}" {\n${bodyText(after, '  ')}\n}`
}

/** The name and the type in an address, which may begin with modules and end with a key. */
function namesIn(address: string): readonly [name: string, type: string] {
  const [name = '', type = ''] = address
    .replace(/\[[^\]]*\]$/, '')
    .split('.')
    .toReversed()
  return [name, type]
}

/** Arguments first, their signs below each other as `terraform fmt` has it, and then the blocks. */
function bodyText(values: JsonObject, margin: string): string {
  const entries = Object.entries(values).filter(([, value]) => value !== null)
  const args = entries.filter(([, value]) => !isBlocks(value))
  const width = Math.max(...args.map(([name]) => keyText(name).length))
  const lines = args.map(
    ([name, value]) => `${margin}${keyText(name).padEnd(width)} = ${valueText(value, margin)}`,
  )
  const blocks = entries
    .filter(([, value]) => isBlocks(value))
    .flatMap(([name, value]) =>
      (isList(value) ? value : []).map((block) => blockText(name, block, margin)),
    )
  return [...(lines.length === 0 ? [] : [lines.join('\n')]), ...blocks].join('\n\n')
}

const keyText = (name: string): string => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name))

function isBlocks(value: Json): boolean {
  return isList(value) && value.length > 0 && value.every((item) => objectOf(item) !== null)
}

function blockText(name: string, block: Json, margin: string): string {
  return `${margin}${name} {\n${bodyText(objectOf(block) ?? {}, `${margin}  `)}\n${margin}}`
}

function valueText(value: Json, margin: string): string {
  if (typeof value === 'string') return stringText(value, margin)
  if (isList(value)) return `[${value.map((item) => valueText(item, margin)).join(', ')}]`
  const table = objectOf(value)
  return table === null ? JSON.stringify(value) : `{\n${bodyText(table, `${margin}  `)}\n${margin}}`
}

/** A policy or definition that is written as JSON is shown by `jsonencode`, whose braces may hold JSON. */
function stringText(value: string, margin: string): string {
  if (!/^\s*[[{]/.test(value)) return quoted(value)
  try {
    const text = JSON.stringify(JSON.parse(value), null, 2).replaceAll('${', () => '$${')
    return `jsonencode(${text.replaceAll('\n', `\n${margin}`)})`
  } catch {
    return quoted(value) // only looks like it
  }
}

function quoted(value: string): string {
  return JSON.stringify(value).replaceAll('${', () => '$${')
}
