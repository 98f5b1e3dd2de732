import { compareValues, readValue, type RegoValue } from '@writ/rego'
import type { Case } from './cases.ts'

/** What a host made of a case: all answers to its query in Rego's notation or as JSON, or that it ended in an error. */
export type Answered = {
  readonly results: string | null
  readonly error: string | null
  /** Why the module was not even loaded: no error that a case could want. */
  readonly refused?: string
  /** What a strict evaluation gave; null where the host has none. */
  readonly strict: { readonly error: string | null } | null
}

/** Why the answer is not what OPA wants; null where it is. */
export function fault(wanted: Case, answered: Answered): string | null {
  if (answered.refused !== undefined) return `it does not load: ${answered.refused}`
  if (wanted.error !== null) return errorFault(wanted, answered)
  if (answered.results === null) return `it failed: ${answered.error}`
  const given = readValue(answered.results)
  if (wanted.defined !== null)
    return listOf(given).length > 0 === wanted.defined ? null : `it is ${answered.results}`
  const expected = readValue(wanted.result ?? '[]')
  const arrange = wanted.sorted ? sortedWithin : (value: RegoValue) => value
  return sameList(given, expected, arrange)
    ? null
    : `it is ${shortened(answered.results)}, wanted is ${shortened(wanted.result ?? '')}`
}

/** An error that only a strict evaluation shows is an empty result elsewhere, as OPA's own WebAssembly tests have it. */
function errorFault(wanted: Case, { results, error, strict }: Answered): string | null {
  if (!wanted.strict) return error === null ? `it gave ${results}, wanted is ${wanted.error}` : null
  if (strict?.error !== null && strict !== null) return null
  return results === '[]' ? null : `it gave ${results ?? error}, wanted is ${wanted.error}`
}

type Arrange = (value: RegoValue) => RegoValue

/** Answers have no order. */
function sameList(given: RegoValue, expected: RegoValue, arrange: Arrange): boolean {
  const [left, right] = [given, expected].map((value) => ({ set: listOf(value).map(arrange) }))
  return left !== undefined && right !== undefined && compareValues(left, right) === 0
}

function listOf(value: RegoValue): readonly RegoValue[] {
  return Array.isArray(value) ? value : []
}

/** Bindings whose lists stand for sets. */
function sortedWithin(value: RegoValue): RegoValue {
  if (typeof value !== 'object' || value === null || !('members' in value)) return value
  const members = value.members.map(
    ([name, member]) => [name, Array.isArray(member) ? { set: member } : member] as const,
  )
  return { members }
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
