import { readYaml } from '@writ/documents'
import type { Json, JsonObject, Verdict } from '@writ/domain'
import { listOf, memberOf, objectOf } from './json-read.ts'
import { patched, type Operation } from './patch.ts'

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

/** The instant at which every case is asked, so that it reads the same in ten years. */
export const casesAskedAt = '2026-11-25T12:00:00.000Z'

const known = ['name', 'request', 'from', 'with', 'settings', 'verdict', 'reads', 'fix']
const verdicts: readonly Verdict[] = ['pass', 'fail', 'not_applicable', 'error', 'unknown']

/** The cases of one rule from the text of its `.cases.yaml`. A case that makes no sense throws, and says which. */
export function readCases(rule: string, text: string): readonly Case[] {
  const file = readYaml(text)
  if (memberOf(file, 'rule') !== rule)
    throw new Error(`The cases of ${JSON.stringify(memberOf(file, 'rule'))} lie beside ${rule}`)
  const read: Case[] = []
  for (const written of listOf(file, 'cases')) read.push(caseOf(rule, written, read))
  return read
}

function caseOf(rule: string, written: Json, before: readonly Case[]): Case {
  const name = memberOf(written, 'name')
  const from = before.find((other) => other.name === memberOf(written, 'from'))
  const base = objectOf(memberOf(written, 'request')) ?? from?.request
  const mistake = mistakeIn(written, before)
  if (typeof name !== 'string' || base === undefined || mistake !== null)
    throw new Error(
      `${rule}, “${JSON.stringify(name)}”: ${mistake ?? 'it has no name, or no request, and from names no case above it'}`,
    )
  const request = objectOf(patched(base, operationsOf(written, 'with')))
  const verdict = verdicts.find((one) => one === memberOf(written, 'verdict'))
  if (request === null || verdict === undefined)
    throw new Error(`${rule}, “${name}”: its verdict is one of ${verdicts.join(', ')}`)
  return {
    rule,
    name,
    request,
    settings: objectOf(memberOf(written, 'settings')) ?? {},
    verdict,
    reads: listOf(written, 'reads').map(readingOf),
    fix: operationsOf(written, 'fix'),
  }
}

function mistakeIn(written: Json, before: readonly Case[]): string | null {
  const keys = Object.keys(objectOf(written) ?? {})
  const stranger = keys.find((key) => !known.includes(key))
  if (stranger !== undefined) return `a case has no ${stranger}`
  if (before.some(({ name }) => name === memberOf(written, 'name'))) return 'it is there twice'
  const isExplained = keys.includes('reads') && keys.includes('fix')
  if ((memberOf(written, 'verdict') === 'fail') === isExplained) return null
  return 'a failing case, and no other, has what is read and a fix'
}

function readingOf(value: Json): Reading {
  if (typeof value === 'string') return { message: value }
  const [message, part] = [memberOf(value, 'message'), memberOf(value, 'part')]
  const [document, pointer] = [memberOf(value, 'document'), memberOf(value, 'pointer')]
  return {
    message: typeof message === 'string' ? message : '',
    ...(typeof part === 'string' ? { part } : {}),
    ...(typeof document === 'number' ? { document } : {}),
    ...(typeof pointer === 'string' ? { pointer } : {}),
  }
}

function operationsOf(written: Json, field: 'with' | 'fix'): readonly Operation[] {
  return listOf(written, field).map((step) => {
    const [op, path] = [memberOf(step, 'op'), memberOf(step, 'path')]
    const value = memberOf(step, 'value')
    if (typeof path === 'string' && op === 'remove') return { op, path }
    if (typeof path === 'string' && (op === 'add' || op === 'replace') && value !== undefined)
      return { op, path, value }
    throw new Error(`${JSON.stringify(step)} is no step of RFC 6902 that cases may use`)
  })
}
