import { causesOf, faultOf, type JsonObject } from '@writ/domain'
import { invocationId } from './invocation.ts'

/** Takes one line for the function's log. */
export type Write = (line: string) => void

/** Writes one line of JSON about something that went wrong. */
export type Log = (event: string, facts: JsonObject, thrown: unknown) => void

/** `timestamp`, `level` and `requestId` are Lambda's own names: it filters and joins by them. */
export function createLog(write: Write, now: () => Date): Log {
  return (event, facts, thrown) => {
    const { code, message } = faultOf(thrown)
    const line = {
      timestamp: now().toISOString(),
      level: 'ERROR',
      requestId: invocationId(),
      event,
      ...facts,
      code,
      message,
      causes: causesOf(thrown),
    }
    write(JSON.stringify(line))
  }
}
