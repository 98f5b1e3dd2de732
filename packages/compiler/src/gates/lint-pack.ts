import { Fault, type Issue } from '@writ/domain'
import { buildBundle } from '../bundle.ts'
import { onStage, type Compiler } from '../compile.ts'
import { deadClauses, type PackCases } from '../lints/dead-clause.ts'
import { lintsOf, packLints, type LintIssue } from '../lints/lints.ts'
import { issuesIn } from '../mistakes.ts'
import { modernPack } from '../modern-pack.ts'
import { ensureOpa } from '../opa/ensure-opa.ts'
import { readPack, type Pack } from '../pack.ts'
import { inOrder } from '../place.ts'
import { gather } from '../rego/gather.ts'
import { isIn } from '../rego-version.ts'
import { casesIn } from '../rule-cases.ts'
import { readSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { settingsIn } from '../vectors/asked.ts'
import { formatIssues } from './format.ts'
import { gate, type Gate } from './gate.ts'
import { packConfig, regalIssues } from './regal.ts'

export type PackLinting = Surroundings & {
  readonly policies: string
  /** Lints that are left out, by name. */
  readonly skip: readonly string[]
}

/** Holds a pack against each gate that needs no test: format, OPA’s strict check and what the build asks, Regal, lints
 * of the sources, and those that ask the cases. */
export async function lintPack(request: PackLinting): Promise<readonly Gate[]> {
  const { policies, skip, cacheDir } = request
  const opa = await ensureOpa(request)
  const pack = await modernPack(readPack(policies).pack, { opa, cacheDir })
  const lints = packLints.filter(({ name }) => !skip.includes(name))
  const found = inOrder([...pack.rules, ...pack.library].flatMap((file) => lintsOf(file, lints)))
  const told = new Set(found.map(keyOf))
  const format = await gate('format (opa fmt)', () => packFormat(policies, { opa, cacheDir }))
  const build = await gate('strict check, schemas, capabilities, METADATA', async () =>
    (await buildIssues(request)).filter((issue) => !told.has(keyOf(issue))),
  )
  const regal = (): Promise<Gate> =>
    gate('Regal', async () =>
      inside(policies, await regalIssues([policies], request, packConfig(policies))),
    )
  const cases = (): Promise<Gate> =>
    gate('cases', async () => deadClauses(await casesOfPack(pack, policies), { opa, cacheDir }))
  // What does not compile cannot be asked.
  const asksCases = build.issues.length === 0 && !skip.includes('dead-clause')
  return [
    format,
    build,
    ...(skip.includes('regal') ? [] : [await regal()]),
    { name: 'lints', issues: found, notRun: null },
    ...(asksCases ? [await cases()] : []),
  ]
}

/** Folders of Rego of before OPA 1.0 are left alone: this format is not theirs. */
async function packFormat(policies: string, compiler: Compiler): Promise<readonly LintIssue[]> {
  const { files, tests, old } = await gather([{ named: '', file: policies }])
  const rego = [...files, ...tests].filter(
    (file) => file.path.endsWith('.rego') && !isIn(old, file),
  )
  return onStage(compiler, rego, ({ opa, folder }) =>
    formatIssues({ opa, folders: { '/': folder }, regoVersion: 1 }),
  )
}

async function casesOfPack(pack: Pack, policies: string): Promise<PackCases> {
  return {
    pack,
    cases: await casesIn(pack, policies),
    settings: settingsIn(readSettings(pack).data),
  }
}

/** What the build refuses; the lints that it holds are told by themselves. */
async function buildIssues(request: PackLinting): Promise<readonly LintIssue[]> {
  try {
    await buildBundle(request)
    return []
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'bundle-invalid') throw thrown
    return issuesIn(thrown).map((issue) => ({ ...issue, lint: 'build' }))
  }
}

function keyOf({ pointer, message }: Issue): string {
  return `${pointer} ${message}`
}

function inside<Found extends Issue>(folder: string, issues: readonly Found[]): readonly Found[] {
  return issues.map((issue) => ({ ...issue, pointer: issue.pointer.replace(`${folder}/`, '') }))
}
