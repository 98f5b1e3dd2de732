import { mistakesOf } from '../opa-errors.ts'
import type { LintIssue } from '../lints/lints.ts'
import { runOpa, type OpaRun } from '../opa/run-opa.ts'

type Formatted = Pick<OpaRun, 'opa' | 'folders'> & { readonly regoVersion: 0 | 1 }

/** The files that `opa fmt` would write otherwise. */
export async function formatIssues({
  opa,
  folders,
  regoVersion,
}: Formatted): Promise<readonly LintIssue[]> {
  const version = regoVersion === 0 ? ['--v0-compatible'] : []
  const args = ['fmt', '--list', '--fail', ...version, '.']
  const result = await runOpa(args, { opa, folders, cwd: '/' })
  if (result.code === 0) return []
  const listed = result.stdout.split('\n').filter((line) => line.endsWith('.rego'))
  const way = ['npx writ opa fmt', ...version, '--write'].join(' ')
  const message = `is not as \`opa fmt\` writes it: ${way}`
  const issues = listed.map((path) => ({ pointer: path.replace(/^(?:\.?\/)+/, ''), message }))
  return (issues.length > 0 ? issues : mistakesOf(result, 'opa fmt')).map((issue) => ({
    ...issue,
    lint: 'opa fmt',
  }))
}
