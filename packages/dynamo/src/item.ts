import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { Fault } from '@writ/domain'

/** An item as DynamoDB gives and takes it. */
export type Item = Readonly<Record<string, AttributeValue>>

export const text = (value: string): AttributeValue => ({ S: value })
export const number = (value: number): AttributeValue => ({ N: String(value) })
export const bytes = (value: Uint8Array): AttributeValue => ({ B: value })

/** An item of texts alone. */
export function texts(values: Readonly<Record<string, string>>): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)]))
}

export function valueIn(item: Item, name: string): AttributeValue {
  const value = item[name]
  if (value !== undefined) return value
  throw damaged(name)
}

export function textIn(item: Item, name: string): string {
  const value = item[name]?.S
  if (value !== undefined) return value
  throw damaged(name)
}

/** An attribute that may be absent. */
export function textOrNullIn(item: Item, name: string): string | null {
  return item[name] === undefined ? null : textIn(item, name)
}

export function numberIn(item: Item, name: string): number {
  const value = Number(item[name]?.N)
  if (Number.isFinite(value)) return value
  throw damaged(name)
}

/** A counter that nobody has counted yet is 0. */
export function countIn(item: Item, name: string): number {
  return item[name] === undefined ? 0 : numberIn(item, name)
}

export function bytesIn(item: Item, name: string): Uint8Array {
  const value = item[name]?.B
  if (value !== undefined) return new Uint8Array(value)
  throw damaged(name)
}

/** Reads an attribute as one of the words that it may hold. */
export function wordIn<W extends string>(item: Item, name: string, words: readonly W[]): W {
  const value = textIn(item, name)
  const found = words.find((word) => word === value)
  if (found !== undefined) return found
  throw damaged(name)
}

export type Fields = { readonly [name: string]: unknown }

/** Reads an attribute that holds a JSON object, of which nothing more is known. */
export function fieldsIn(item: Item, name: string): Fields {
  const read = parsed(textIn(item, name))
  if (isFields(read)) return read
  throw damaged(name)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** The Fault of a table in which something else stands than this program writes. */
export function damaged(name: string): Fault {
  return new Fault(
    'records-unavailable',
    `The store is damaged: ${name} holds something else than it should. Bring it back from a backup`,
  )
}
