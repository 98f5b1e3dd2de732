import { resolve } from 'node:path'
import {
  buildBundle,
  caseIssue,
  caseLints,
  describePack,
  lintAnyRego,
  lintPack,
  packLints,
  type Gate,
  type Surroundings,
} from '@writ/compiler'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { policiesFolder, surroundingsOf } from '../policies.ts'
import { createCaseJudge, helpfulRemovals } from './case-judge.ts'
import { nearTo } from './near.ts'

export type LintOptions = {
  readonly policies?: string
  readonly regoVersion: '0' | '1'
  readonly skip?: readonly string[]
  readonly format: 'text' | 'json'
}

/** Holds policies against every gate that needs no test, and names what stands in their way. */
export async function lintPolicies(
  paths: readonly string[],
  options: LintOptions,
  desk: Desk,
): Promise<number> {
  refuseUnknown(options.skip ?? [])
  const gates = await gatesOf(paths, options, desk)
  desk.out(options.format === 'json' ? jsonOf(gates) : textOf(gates))
  if (gates.some(({ issues }) => issues.length > 0)) return exitCodes.denied
  return gates.some(({ notRun }) => notRun !== null) ? exitCodes.service : exitCodes.allowed
}

async function gatesOf(
  paths: readonly string[],
  { policies, regoVersion, skip = [] }: LintOptions,
  desk: Desk,
): Promise<readonly Gate[]> {
  const around = { ...surroundingsOf(desk), skip }
  if (paths.length === 0) {
    const request = { ...around, policies: policiesFolder(policies, desk) }
    const gates = await lintPack(request)
    const isSound = gates.every(({ issues }) => issues.every(({ lint }) => lint !== 'build'))
    return isSound && !skip.includes(removalLint) ? [...gates, await removals(request)] : gates
  }
  if (policies !== undefined)
    throw new Fault(
      'request-invalid',
      '--policies lints a pack, paths any other Rego: give one of them',
    )
  return lintAnyRego({
    ...around,
    paths: paths.map((named) => ({ named, file: resolve(desk.cwd, named) })),
    regoVersion: regoVersion === '0' ? 0 : 1,
  })
}

const removalLint = 'missing-input-allows'

/** Of a pack that is built: no fact that is left out of a failing case helps. */
async function removals(request: Surroundings & LintedPack): Promise<Gate> {
  const { rules } = await describePack(request)
  const judge = createCaseJudge(await buildBundle(request))
  const cases = rules.flatMap((described) => described.cases)
  const issues = cases.flatMap((each) =>
    helpfulRemovals(each, judge).map((path) => {
      const told = `it fails, and passes without ${path}: name that in requires, or complain that it is missing`
      return { ...caseIssue(each, told), lint: removalLint }
    }),
  )
  return { name: 'what is left out of a case', issues, notRun: null }
}

type LintedPack = { readonly policies: string; readonly skip: readonly string[] }

function refuseUnknown(skip: readonly string[]): void {
  const names = ['regal', ...packLints.map(({ name }) => name), ...caseLints]
  const unknown = skip.find((name) => !names.includes(name))
  if (unknown === undefined) return
  const near = nearTo(unknown, names)
  const way =
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${names.join(', ')}`
  throw new Fault('request-invalid', `No lint is called ${unknown}: ${way}`)
}

function textOf(gates: readonly Gate[]): string {
  const total = gates.flatMap(({ issues }) => issues).length
  const lines = gates.flatMap(({ name, issues, notRun }) => {
    if (notRun !== null) return [`- ${name}: not run. ${notRun}`]
    const mark = issues.length === 0 ? '✓' : '✗'
    const told = issues.map((issue) => `    ${lineOf(issue)}`)
    return [`${mark} ${name}`, ...told]
  })
  const last = total === 0 ? 'Nothing was found.' : `${counted(total, 'finding')}.`
  return `${[...lines, last].map(plainLine).join('\n')}\n`
}

/** Some findings are about all files at once, and have no place. */
function lineOf({ pointer, message, lint }: Gate['issues'][number]): string {
  return `${pointer === '' ? '' : `${pointer}: `}${message} [${lint}]`
}

function jsonOf(gates: readonly Gate[]): string {
  const shown = gates.map(({ name, issues, notRun }) => ({ gate: name, not_run: notRun, issues }))
  return `${JSON.stringify({ gates: shown }, null, 2)}\n`
}
