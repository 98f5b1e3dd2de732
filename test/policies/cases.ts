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

export function asObject(value: Json): JsonObject {
  if (typeof value === 'object' && value !== null && !isList(value)) return value
  throw new Error('this is no object')
}
