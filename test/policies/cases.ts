import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCases as casesIn, type Case } from '@writ/compiler'
import { isList, type Json, type JsonObject } from '@writ/domain'

export type { Case } from '@writ/compiler'

export const policies = join(import.meta.dirname, '..', '..', 'policies')

/** The cases of every rule of the pack, in order of rule. */
export function readCases(): readonly Case[] {
  return globSync('**/*.cases.yaml', { cwd: policies })
    .toSorted()
    .flatMap((path) => {
      const rule = path.replace('.cases.yaml', '').replaceAll('/', '.')
      return casesIn(rule, readFileSync(join(policies, path), 'utf8'))
    })
}

/** The folder of a rule: its kind, and in config the family of its documents. Tests are titled by it: `-t config.github`. */
export function familyOf(rule: string): string {
  return rule.split('.').slice(0, -1).join('.')
}

/** Every family of the pack, with those of `items` that are its own. */
export function byFamily<T>(
  items: readonly T[],
  ruleOf: (item: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  const families = new Set(readCases().map(({ rule }) => familyOf(rule)))
  return [...families].map((family) => [
    family,
    items.filter((item) => familyOf(ruleOf(item)) === family),
  ])
}

export function asObject(value: Json): JsonObject {
  if (typeof value === 'object' && value !== null && !isList(value)) return value
  throw new Error('this is no object')
}
