import { causesOf, faultOf, isList, type Issue, type Json, type JsonObject } from '@writ/domain'

/** Writes one line of JSON about something that went wrong. */
export type Log = (event: string, facts: JsonObject, thrown: unknown) => void

export function createLog(write: (line: string) => void, now: () => Date): Log {
  return (event, facts, thrown) => {
    const { code, message } = faultOf(thrown)
    const line = {
      at: now().toISOString(),
      event,
      ...facts,
      code,
      message,
      causes: causesOf(thrown),
    }
    write(JSON.stringify(line))
  }
}

/** A fault as a person at a terminal reads it: what is wrong, then each mistake at its place. */
export function readableFault(thrown: unknown): string {
  const fault = faultOf(thrown)
  const { code, message, facts } = fault
  const lines = issuesIn(facts['issues']).map((issue) => `  ${issue.pointer}: ${issue.message}`)
  const causes =
    code === 'internal'
      ? causesOf(fault)
          .slice(1)
          .map((line) => `  ${line}`)
      : []
  return [message, ...lines, ...causes].join('\n')
}

function issuesIn(value: Json = null): readonly Issue[] {
  if (value === null || !isList(value)) return []
  return value.flatMap((issue) => {
    if (typeof issue !== 'object' || issue === null || isList(issue)) return []
    const { pointer, message } = issue
    return typeof pointer === 'string' && typeof message === 'string' ? [{ pointer, message }] : []
  })
}
