import { Fault } from '@writ/domain'
import type * as z from './zod.ts'
import { pointerOf } from './issues.ts'

/** Reads what a service replied. What does not have the shape throws a Fault: it never passes for anything. */
export function readReply<Reply>(schema: z.ZodMiniType<Reply>, text: string, what: string): Reply {
  const parsed = schema.safeParse(parseReply(text))
  if (parsed.success) return parsed.data
  const mistakes = parsed.error.issues.map(({ path, message }) => `${pointerOf(path)} ${message}`)
  throw new Fault('internal', `This is not ${what} of Writ: ${mistakes.slice(0, 5).join('; ')}`)
}

/** The JSON value of a text; null when it is not JSON. */
export function parseReply(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
