import { Fault, type Json } from '@writ/domain'
import { mistakesIn } from './json-scan.ts'

/** The deepest nesting that Writ reads: deeper ones are no configuration, and every walk down a value costs stack. */
export const maxJsonDepth = 64

/**
 * Reads JSON bytes strictly, or throws the Fault `request-malformed` that names every mistake with line and column:
 * text that is not UTF-8 or not JSON, a name twice in one object, half a surrogate pair, a number that would be rounded
 * or lost, nesting beyond the bound. The name `__proto__` is refused, so that no reader of the value can trip over it.
 */
export function readJson(bytes: Uint8Array, maxDepth: number = maxJsonDepth): Json {
  const text = textOf(bytes)
  if (!/\S/.test(text)) throw malformed([{ pointer: '', message: 'is empty: send a JSON value' }])
  const issues = mistakesIn(text, maxDepth)
  if (issues.length > 0) throw malformed(issues)
  const value: Json = JSON.parse(text)
  return value
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformed([{ pointer: '', message: 'is not UTF-8: send it in that encoding' }])
  }
}

function malformed(
  issues: readonly { readonly pointer: string; readonly message: string }[],
): Fault {
  return new Fault('request-malformed', 'The body is not JSON that Writ can read', {
    facts: { issues: [...issues] },
  })
}
