import type { Issue } from '@writ/domain'
import { onStage, type Stage } from '../compile.ts'
import { lintsOf, regoLints, type LintIssue } from '../lints/lints.ts'
import { mistakesOf } from '../opa-errors.ts'
import { ensureOpa } from '../opa/ensure-opa.ts'
import { runOpa } from '../opa/run-opa.ts'
import { inOrder } from '../place.ts'
import { gather, modernGathered, type Gathered, type NamedPath } from '../rego/gather.ts'
import { placed } from '../rego/placed.ts'
import { isIn } from '../rego-version.ts'
import type { Surroundings } from '../surroundings.ts'
import { formatIssues } from './format.ts'
import { gate, type Gate } from './gate.ts'
import { regalIssues } from './regal.ts'

export type RegoLinting = Surroundings & {
  readonly paths: readonly NamedPath[]
  readonly regoVersion: 0 | 1
  /** Lints that are left out, by name. */
  readonly skip: readonly string[]
}

/** Holds any Rego against each gate that needs no test: format, OPA’s strict check, Regal, lints. */
export async function lintAnyRego(request: RegoLinting): Promise<readonly Gate[]> {
  const { skip, cacheDir, regoVersion } = request
  const read = await gather(request.paths)
  const opa = await ensureOpa(request)
  const gathered = regoVersion === 0 ? read : await modernGathered(read, { opa, cacheDir })
  return onStage({ opa, cacheDir }, [...gathered.files, ...gathered.tests], async (stage) => [
    await gate('format (opa fmt)', async () =>
      named(await formatIssues({ opa, folders: { '/': stage.folder }, regoVersion }), gathered),
    ),
    await gate('strict check (opa check)', async () =>
      named(await strictIssues(stage, { gathered, regoVersion }), gathered),
    ),
    ...(skip.includes('regal') ? [] : [await regalGate(request)]),
    { name: 'lints', issues: lintsIn(gathered, request), notRun: null },
  ])
}

function lintsIn(gathered: Gathered, { skip, regoVersion }: RegoLinting): readonly LintIssue[] {
  const lints = regoLints.filter(({ name }) => !skip.includes(name))
  const files = gathered.files.filter(({ path }) => path.endsWith('.rego'))
  const found = files.flatMap((file) => {
    const isOld = regoVersion === 0 || isIn(gathered.old, file)
    // Before OPA 1.0 there are no template strings to write instead.
    return lintsOf(file, isOld ? lints.filter(({ name }) => name !== 'sprintf') : lints)
  })
  return named(found, gathered)
}

function regalGate(request: RegoLinting): Promise<Gate> {
  const files = request.paths.map(({ file }) => file)
  return gate('Regal', async () => fromHere(request.paths, await regalIssues(files, request)))
}

async function strictIssues(
  { folder, opa }: Stage,
  { gathered, regoVersion }: { readonly gathered: Gathered; readonly regoVersion: 0 | 1 },
): Promise<readonly LintIssue[]> {
  const version = regoVersion === 0 ? ['--v0-compatible'] : []
  const args = ['check', '--strict', '--format', 'json', '--max-errors', '100', ...version]
  const result = await runOpa([...args, ...gathered.roots], {
    opa,
    folders: { '/': folder },
    cwd: '/',
  })
  const issues = result.code === 0 ? [] : mistakesOf(result, 'opa check --strict')
  return issues.map((issue) => ({ ...issue, lint: 'opa check' }))
}

/** At the places that somebody named. */
function named(issues: readonly LintIssue[], gathered: Gathered): readonly LintIssue[] {
  return inOrder(
    issues.flatMap(({ lint, ...issue }) =>
      placed([issue], gathered).map((one) => ({ ...one, lint })),
    ),
  )
}

function fromHere<Found extends Issue>(
  paths: readonly NamedPath[],
  issues: readonly Found[],
): readonly Found[] {
  return issues.map((issue) => {
    const path = paths.find(({ file }) => issue.pointer.startsWith(file))
    const rest = issue.pointer.slice(path?.file.length)
    return path === undefined
      ? issue
      : { ...issue, pointer: `${path.named.replace(/\/$/, '')}${rest}` }
  })
}
