import type { Json } from '@writ/domain'
import { objectOf } from './json-read.ts'

/** OPA’s own file beside the Rego of a bundle; in a folder it may say which Rego that is. */
export const manifestName = '.manifest'

/** Whether a folder’s `.manifest` says that it holds Rego of before OPA 1.0. */
export function saysOld(manifest: string): boolean {
  try {
    const value: Json = JSON.parse(manifest)
    return objectOf(value)?.['rego_version'] === 0
  } catch {
    return false // whoever reads it for more will say so
  }
}
