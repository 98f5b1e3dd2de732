import type { Issue } from '@writ/domain'
import type * as z from './zod.ts'

/** Every mistake that zod found, each with an RFC 6901 pointer; unknown fields one by one. */
export function issuesOf(error: z.core.$ZodError, base: string = ''): readonly Issue[] {
  return error.issues.flatMap((issue) => {
    const pointer = base + pointerOf(issue.path)
    if (issue.code !== 'unrecognized_keys') return [{ pointer, message: wordsOf(issue) }]
    return issue.keys.map((key) => ({
      pointer: pointer + pointerOf([key]),
      message: 'is not a field of the request',
    }))
  })
}

/** In words that go with the pointer before them: "/subject/id must be a text that is not empty". */
function wordsOf(issue: z.core.$ZodIssue): string {
  const missing = issue.message.endsWith('received undefined') // zod keeps what it was given out of its issues, but for this
  const must = missing ? 'is missing: it must be' : 'must be'
  if (issue.code === 'invalid_type') return `${must} ${nouns[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `${must} ${oneOf(issue.values.map(String))}`
  if (issue.code === 'too_small' && issue.origin === 'string') return 'must not be empty'
  if (issue.code === 'too_big' && units[issue.origin] !== undefined)
    return `may have at most ${issue.maximum} ${units[issue.origin]}`
  return issue.message
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `one of ${values.join(', ')}`
}

const nouns: Readonly<Record<string, string>> = {
  string: 'a string',
  object: 'an object',
  record: 'an object',
  array: 'an array',
  int: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
}

const units: Readonly<Record<string, string>> = { string: 'characters', array: 'items' }

export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
