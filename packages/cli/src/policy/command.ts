import { buildBundle, bundleInvalid, proveCases } from '@writ/compiler'
import { loadBundle } from '@writ/engine'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { policiesFolder, surroundingsOf } from '../policies.ts'
import { writeFolder } from './any-bundle.ts'
import { budgetOf, type BudgetOptions } from './budget.ts'

export type BuildOptions = {
  readonly policies?: string
  readonly output?: string
  readonly gates: boolean
} & BudgetOptions

/** Builds a pack, and loads what was built: a bundle that could not decide is no success. */
export async function buildPolicies(options: BuildOptions, desk: Desk): Promise<number> {
  const { policies, output, gates } = options
  const folder = policiesFolder(policies, desk)
  const files = await buildBundle({
    policies: folder,
    budget: budgetOf(options),
    ...surroundingsOf(desk),
  })
  const { name, rules, enforcement } = loadBundle(files)
  const proof = gates
    ? await proveCases({ policies: folder, bundle: files, ...surroundingsOf(desk) })
    : null
  if (proof !== null && proof.issues.length > 0)
    throw bundleInvalid(
      'The policies compile, and a case is judged otherwise in WebAssembly than in OPA (--no-gates builds them all the same)',
      proof.issues,
    )
  const kinds = Map.groupBy(rules, ({ kind }) => kind)
  const byKind = [...kinds].map(([kind, members]) => `${members.length} ${kind}`).join(', ')
  const lines = [
    `Built ${name.revision}`,
    `  digest        ${name.digest}`,
    `  rules         ${counted(rules.length, 'rule')} (${byKind})`,
    `  environments  ${enforcement.environments.join(', ')}`,
  ]
  if (proof !== null && proof.cases > 0)
    lines.push(`  cases         ${counted(proof.cases, 'case')}, judged in WebAssembly as in OPA`)
  if (output !== undefined) {
    writeFolder(files.files, output, desk)
    lines.push(`  written to    ${output}`)
  }
  desk.out(`${lines.map(plainLine).join('\n')}\n`)
  return exitCodes.allowed
}
