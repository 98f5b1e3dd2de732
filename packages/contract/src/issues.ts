import type { Issue } from '@writ/domain'
import type * as z from 'zod'

/** Every mistake that zod found, each with an RFC 6901 pointer; unknown fields one by one. */
export function issuesOf(error: z.ZodError, base: string = ''): readonly Issue[] {
  return error.issues.flatMap((issue) => {
    const pointer = base + pointerOf(issue.path)
    if (issue.code !== 'unrecognized_keys') return [{ pointer, message: issue.message }]
    return issue.keys.map((key) => ({
      pointer: pointer + pointerOf([key]),
      message: 'is not a field of the request',
    }))
  })
}

export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
