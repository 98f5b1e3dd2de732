import type { Issue } from '@writ/domain'
import type { RegoFile } from '../pack.ts'
import { inOrder } from '../place.ts'
import { documentInSet } from './document-in-set.ts'
import { emptySearch } from './empty-search.ts'
import { clockOrNetwork, sprintf } from './forbidden.ts'
import { hashOrder } from './hash-order.ts'
import { sourceOf, type Lint } from './lint.ts'
import { noMetadata } from './no-metadata.ts'
import { rebuiltConstant } from './rebuilt-constant.ts'
import { rulesAsData } from './rules-as-data.ts'
import { silentBuiltin } from './silent-builtin.ts'

/** What every build of a pack is held to: each of these would make a decision wrong or impossible to replay. */
const atBuild: readonly Lint[] = [clockOrNetwork, emptySearch, silentBuiltin, sprintf]

/** What any Rego is asked besides. */
const atLint: readonly Lint[] = [documentInSet, hashOrder, noMetadata, rebuiltConstant, rulesAsData]

/** The lints of any Rego. */
export const regoLints: readonly Lint[] = [
  ...atBuild.filter((lint) => lint !== silentBuiltin),
  ...atLint,
]

/** The lints of a pack: of its own and of any Rego. */
export const packLints: readonly Lint[] = [...atBuild, ...atLint]

/** The lints that ask the cases of a pack, by name. */
export const caseLints: readonly string[] = ['dead-clause', 'missing-input-allows']

/** Our own mistakes to find in a rule or library file: what OPA allows, and what would go wrong here. */
export function lintRego(file: RegoFile): readonly Issue[] {
  return lintsOf(file, atBuild).map(({ pointer, message }) => ({ pointer, message }))
}

/** What a lint found. Its name is the name of its page. */
export type LintIssue = Issue & { readonly lint: string }

/** What these lints find in a file, in the order of its places. */
export function lintsOf(file: RegoFile, lints: readonly Lint[]): readonly LintIssue[] {
  const source = sourceOf(file)
  return inOrder(
    lints.flatMap(({ name, find }) => find(source).map((issue) => ({ ...issue, lint: name }))),
  )
}
