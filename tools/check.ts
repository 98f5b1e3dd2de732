import { checkPolicies } from './policies.ts'
import { passes, printStep, runStep, type Command, type StepResult } from './steps.ts'

const commands: readonly Command[] = [
  { name: 'format (prettier)', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'types (tsc)', command: 'tsc', args: ['-p', '.'] },
  { name: 'lint (oxlint, type-aware)', command: 'oxlint', args: ['--deny-warnings'] },
  { name: 'dead code and dependencies (knip)', command: 'knip', args: ['--no-progress'] },
]

/** Everything about the sources that can be said without running them, policies included. */
export async function check(): Promise<readonly StepResult[]> {
  const results: StepResult[] = []
  for (const command of commands) {
    const result = await runStep(command)
    printStep(result)
    results.push(result)
  }
  const policies = await checkPolicies()
  policies.forEach(printStep)
  return [...results, ...policies]
}

if (import.meta.main) process.exitCode = passes(await check()) ? 0 : 1
