import { Fault, isList, valueAt, type Issue, type Json } from '@writ/domain'

/** Throws the Fault `bundle-invalid` where anything is wrong, with all of it. */
export function refuseIf(issues: readonly Issue[]): void {
  if (issues.length === 0) return
  const lines = issues.map(({ pointer, message }) => `${pointer}: ${message}`)
  throw new Fault('bundle-invalid', `The bundle cannot be used: ${lines.join('\n')}`, {
    facts: { issues },
  })
}

/** What the work gives, or one issue at this place that says what it threw. */
export type Attempt<T> =
  | { readonly value: T; readonly issues: readonly [] }
  | { readonly value: null; readonly issues: readonly [Issue] }

export function attempt<T>(pointer: string, work: () => T): Attempt<T> {
  try {
    return { value: work(), issues: [] }
  } catch (thrown) {
    return { value: null, issues: [{ pointer, message: wordsOf(thrown) }] }
  }
}

/** A reader's Fault says in its issues what is wrong, and where. */
function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'cannot be used'
  const { issues = [] } = thrown instanceof Fault ? thrown.facts : {}
  const places = isList(issues)
    ? issues.map((issue) => `${text(issue, '/pointer')} ${text(issue, '/message')}`.trim())
    : []
  return [thrown.message, ...places].join('; ')
}

function text(issue: Json, pointer: string): string {
  const value = valueAt(issue, pointer)
  return typeof value === 'string' ? value : ''
}
