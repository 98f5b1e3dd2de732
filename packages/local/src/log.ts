import { inspect } from 'node:util'
import { faultOf, isList, type Issue, type Json, type JsonObject } from '@writ/domain'

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

/** What was thrown and what had caused it, outermost first; the stack of the innermost says where it began. */
function causesOf(thrown: unknown): readonly string[] {
  const causes: string[] = []
  let last: unknown = thrown
  for (let next = thrown; next !== undefined && causes.length < 8; next = causeOf(next)) {
    causes.push(next instanceof Error ? `${next.name}: ${next.message}` : inspect(next))
    last = next
  }
  const stack = last instanceof Error ? (last.stack ?? '').split('\n') : []
  const places = stack.map((line) => line.trim()).filter((line) => line.startsWith('at '))
  return [...causes, ...places.slice(0, 5)]
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error ? thrown.cause : undefined
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
