import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isList, type Json, type JsonObject, type Verdict } from '@writ/domain'
import { load } from 'js-yaml'
import { patched, type Operation } from './patch.ts'

export const policies = join(import.meta.dirname, '..', '..', 'policies')

/** What one finding says, as far as the case tells it. */
export type Reading = {
  readonly message: string
  readonly part?: string
  readonly document?: number
  readonly pointer?: string
}

/** One sentence of a rule's specification, with the request that shows it. */
export type Case = {
  readonly rule: string
  readonly name: string
  readonly request: JsonObject
  /** Members of `data.settings.<kind>` that stand in for those of the pack. */
  readonly settings: JsonObject
  readonly verdict: Verdict
  readonly reads: readonly Reading[]
  readonly fix: readonly Operation[]
}

type Written = {
  readonly name: string
  readonly request?: JsonObject
  readonly from?: string
  readonly with?: readonly Operation[]
  readonly settings?: JsonObject
  readonly verdict: Verdict
  readonly reads?: readonly (string | Reading)[]
  readonly fix?: readonly Operation[]
}

const known = ['name', 'request', 'from', 'with', 'settings', 'verdict', 'reads', 'fix']

/** The cases of every rule of the pack, in order of rule. */
export function readCases(): readonly Case[] {
  return globSync('**/*.cases.yaml', { cwd: policies })
    .toSorted()
    .flatMap((path) => casesIn(path))
}

function casesIn(path: string): readonly Case[] {
  const rule = path.replace('.cases.yaml', '').replaceAll('/', '.')
  const file = load(readFileSync(join(policies, path), 'utf8')) as {
    rule: string
    cases: Written[]
  }
  if (file.rule !== rule)
    throw new Error(`${path} is of ${file.rule}, and lies where ${rule} would`)
  const read: Case[] = []
  for (const written of file.cases) read.push(caseOf(rule, written, read))
  return read
}

function caseOf(rule: string, written: Written, before: readonly Case[]): Case {
  const { name, verdict, settings = {}, reads = [], fix = [] } = written
  const base = written.request ?? before.find((other) => other.name === written.from)?.request
  const mistake = mistakeIn(written, before)
  if (base === undefined || mistake !== null)
    throw new Error(
      `${rule}, “${name}”: ${mistake ?? 'it has no request, and from names no case above it'}`,
    )
  const readings = reads.map((one) => (typeof one === 'string' ? { message: one } : one))
  const request = asObject(patched(base, written.with ?? []))
  return { rule, name, request, settings, verdict, reads: readings, fix }
}

function mistakeIn(written: Written, before: readonly Case[]): string | null {
  const stranger = Object.keys(written).find((key) => !known.includes(key))
  if (stranger !== undefined) return `a case has no ${stranger}`
  if (before.some(({ name }) => name === written.name)) return 'it is there twice'
  const isExplained = written.reads !== undefined && written.fix !== undefined
  if ((written.verdict === 'fail') === isExplained) return null
  return 'a failing case, and no other, has what is read and a fix'
}

export function asObject(value: Json): JsonObject {
  if (typeof value === 'object' && value !== null && !isList(value)) return value
  throw new Error('this is no object')
}
