import { resolve } from 'node:path'
import { buildRego } from '@writ/compiler'
import { Fault, isList } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { plainLine } from '../output/plain.ts'
import { surroundingsOf } from '../policies.ts'
import { nearTo } from './near.ts'
import { budgetOf, type BudgetOptions } from './budget.ts'
import { readNamed, writeNamed } from './read-archive.ts'

export type RegoOptions = {
  readonly entrypoint?: readonly string[]
  readonly regoVersion: '0' | '1'
  readonly gates: boolean
  readonly data?: readonly string[]
  readonly revision?: string
  readonly output?: string
  readonly policies?: string
  readonly vectors?: string
} & BudgetOptions

/** Builds any Rego into a bundle that OPA, its SDKs and `writ policy eval` take. */
export async function buildAnyRego(
  paths: readonly string[],
  options: RegoOptions,
  desk: Desk,
): Promise<number> {
  const { entrypoint = [], output, revision, policies, vectors } = options
  if (policies !== undefined)
    throw new Fault(
      'request-invalid',
      '--policies builds a pack, paths any other Rego: give one of them',
    )
  if (entrypoint.length === 0)
    throw missing('-e ENTRYPOINT', 'which rule or package is to be asked, such as -e app/allow')
  if (output === undefined)
    throw missing('-o FILE', 'where to write the bundle, such as -o bundle.tar.gz')
  const named = [...paths, ...(options.data ?? [])]
  const built = await buildRego({
    ...surroundingsOf(desk),
    paths: named.map((path) => ({ named: path, file: resolve(desk.cwd, path) })),
    entrypoints: entrypoint,
    regoVersion: options.regoVersion === '0' ? 0 : 1,
    gates: options.gates,
    budget: budgetOf(options),
    ...(revision === undefined ? {} : { revision }),
    ...(vectors === undefined
      ? {}
      : { vectors: { named: vectors, bytes: readNamed(vectors, desk) } }),
  }).catch((thrown: unknown) => {
    throw thrown instanceof Fault ? withNear(thrown) : thrown
  })
  writeNamed(output, built.bundle, desk)
  const lines = [
    `Built ${output}`,
    `  digest       ${built.digest}`,
    `  entrypoints  ${built.entrypoints.join(', ')}`,
    `  module       ${Math.ceil(built.moduleBytes / 1024)} KB`,
  ]
  desk.out(`${lines.map(plainLine).join('\n')}\n`)
  return exitCodes.allowed
}

function missing(flag: string, what: string): Fault {
  return new Fault('request-invalid', `To build Rego from paths, ${flag} must say ${what}`)
}

/** An entrypoint that is not there is mostly misspelt. */
function withNear(fault: Fault): Fault {
  const { entrypoint, entrypoints } = fault.facts
  if (typeof entrypoint !== 'string' || entrypoints === undefined || !isList(entrypoints))
    return fault
  const names = entrypoints.filter((name) => typeof name === 'string')
  const near = nearTo(entrypoint, names)
  const way =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : `there are ${names.slice(0, 10).join(', ')}`
  return new Fault(fault.code, `${fault.message}: ${way}`, { cause: fault.cause })
}
