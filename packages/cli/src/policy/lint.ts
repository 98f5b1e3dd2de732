import { resolve } from 'node:path'
import { lintAnyRego, lintPack, packLints, type Gate } from '@writ/compiler'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { policiesFolder, surroundingsOf } from '../policies.ts'
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

function gatesOf(
  paths: readonly string[],
  { policies, regoVersion, skip = [] }: LintOptions,
  desk: Desk,
): Promise<readonly Gate[]> {
  const around = { ...surroundingsOf(desk), skip }
  if (paths.length === 0) return lintPack({ ...around, policies: policiesFolder(policies, desk) })
  if (policies !== undefined)
    throw new Fault('request-invalid', '--policies lints a pack, paths any other Rego: give one of them') // prettier-ignore
  return lintAnyRego({
    ...around,
    paths: paths.map((named) => ({ named, file: resolve(desk.cwd, named) })),
    regoVersion: regoVersion === '0' ? 0 : 1,
  })
}

function refuseUnknown(skip: readonly string[]): void {
  const names = ['regal', ...packLints.map(({ name }) => name)]
  const unknown = skip.find((name) => !names.includes(name))
  if (unknown === undefined) return
  const near = nearTo(unknown, names)
  const way = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${names.join(', ')}` // prettier-ignore
  throw new Fault('request-invalid', `No lint is called ${unknown}: ${way}`)
}

function textOf(gates: readonly Gate[]): string {
  const total = gates.flatMap(({ issues }) => issues).length
  const lines = gates.flatMap(({ name, issues, notRun }) => {
    if (notRun !== null) return [`- ${name}: not run. ${notRun}`]
    const mark = issues.length === 0 ? '✓' : '✗'
    const told = issues.map(({ pointer, message, lint }) => `    ${pointer}: ${message} [${lint}]`)
    return [`${mark} ${name}`, ...told]
  })
  const last = total === 0 ? 'Nothing was found.' : `${counted(total, 'finding')}.`
  return `${[...lines, last].map(plainLine).join('\n')}\n`
}

function jsonOf(gates: readonly Gate[]): string {
  const shown = gates.map(({ name, issues, notRun }) => ({ gate: name, not_run: notRun, issues }))
  return `${JSON.stringify({ gates: shown }, null, 2)}\n`
}
