import type { Issue } from '@writ/domain'
import { onStage, type Compiler } from '../compile.ts'
import { mistakesOf } from '../opa-errors.ts'
import { runOpa, type OpaResult } from '../opa/run-opa.ts'
import { failuresIn } from '../test-pack.ts'
import type { Gathered } from './gather.ts'

export type Gated = { readonly gathered: Gathered; readonly regoVersion: 0 | 1 }

/** What stands against trusting this Rego though it compiles: OPA's strict check, and its own tests that fail. */
export async function gatesOf(
  { gathered, regoVersion }: Gated,
  compiler: Compiler,
): Promise<readonly Issue[]> {
  const { files, tests, roots } = gathered
  const version = regoVersion === 0 ? ['--v0-compatible'] : []
  return onStage(compiler, [...files, ...tests], async ({ folder, opa }) => {
    const run = (...args: readonly string[]): Promise<OpaResult> =>
      runOpa([...args, ...version, ...roots], { opa, folders: { '/': folder }, cwd: '/' })
    const checked = await run('check', '--strict', '--format', 'json', '--max-errors', '100')
    if (checked.code !== 0) return mistakesOf(checked, 'opa check --strict')
    return tests.length === 0 ? [] : failuresIn(await run('test', '--format', 'json'))
  })
}
