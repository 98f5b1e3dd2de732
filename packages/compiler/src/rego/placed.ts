import type { Issue } from '@writ/domain'
import { inOrder } from '../place.ts'
import { opaVersion } from '../version.ts'
import type { Gathered } from './gather.ts'

/** The mistakes at the places that somebody named, in their order. */
export function placed(issues: readonly Issue[], { nameOf }: Gathered): readonly Issue[] {
  return inOrder(
    issues.map(({ pointer, message }) => {
      const [, path = pointer, place = ''] = /^(.*?)((?::\d+){0,2})$/.exec(pointer) ?? []
      const noCapabilities = /: misspelt, or a builtin that capabilities.json does not list/
      const words = `: misspelt, or a builtin that OPA ${opaVersion} does not have`
      return { pointer: `${nameOf(path)}${place}`, message: message.replace(noCapabilities, words) }
    }),
  )
}
