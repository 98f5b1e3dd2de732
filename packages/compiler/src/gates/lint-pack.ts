import { Fault, type Issue } from '@writ/domain'
import { buildBundle } from '../bundle.ts'
import { lintsOf, packLints, type LintIssue } from '../lints/lints.ts'
import { issuesIn } from '../mistakes.ts'
import { ensureOpa } from '../opa/ensure-opa.ts'
import { readPack } from '../pack.ts'
import { inOrder } from '../place.ts'
import type { Surroundings } from '../surroundings.ts'
import { formatIssues } from './format.ts'
import { gate, type Gate } from './gate.ts'
import { packConfig, regalIssues } from './regal.ts'

export type PackLinting = Surroundings & {
  readonly policies: string
  /** Lints that are left out, by name. */
  readonly skip: readonly string[]
}

/** Holds a pack against each gate that needs no test: format, OPA’s strict check and what the build asks, Regal, lints. */
export async function lintPack(request: PackLinting): Promise<readonly Gate[]> {
  const { policies, skip } = request
  const opa = await ensureOpa(request)
  const { pack } = await readPack(policies)
  const lints = packLints.filter(({ name }) => !skip.includes(name))
  const found = [...pack.rules, ...pack.library].flatMap((file) => lintsOf(file, lints))
  const told = new Set(found.map(keyOf))
  return [
    await gate('format (opa fmt)', () =>
      formatIssues({ opa, folders: { '/': policies }, regoVersion: 1 }),
    ),
    await gate('strict check, schemas, capabilities, METADATA', async () =>
      (await buildIssues(request)).filter((issue) => !told.has(keyOf(issue))),
    ),
    await gate(
      'Regal',
      async () =>
      skip.includes('regal') ? [] : inside(policies, await regalIssues([policies], request, packConfig(policies))), // prettier-ignore
    ),
    { name: 'lints', issues: inOrder(found), notRun: null },
  ]
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
