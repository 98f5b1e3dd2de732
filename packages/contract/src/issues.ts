import type { Issue } from '@writ/domain'
import type * as z from 'zod'

/** Every mistake that zod found, each with an RFC 6901 pointer; unknown fields one by one. */
export function issuesOf(error: z.ZodError, base: string = ''): readonly Issue[] {
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
  switch (issue.code) {
    case 'invalid_type':
      return `${isMissing(issue) ? 'is missing: it ' : ''}must be ${nouns[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `${isMissing(issue) ? 'is missing: it ' : ''}must be ${oneOf(issue.values.map(String))}`
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be at least ${issue.minimum}`
    case 'too_big':
      return `may have at most ${issue.maximum} ${units[issue.origin] ?? 'as its value'}`
    default:
      return issue.message
  }
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `one of ${values.join(', ')}`
}

const nouns: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
}

const units: Readonly<Record<string, string>> = { string: 'characters', array: 'items' }

/** Zod keeps what it was given out of its issues, but for this word. */
function isMissing({ message }: z.core.$ZodIssue): boolean {
  return message.endsWith('received undefined')
}

export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
