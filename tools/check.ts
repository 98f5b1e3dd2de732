import { faultOf } from '@writ/domain'
import { checkPolicies } from './policies.ts'
import { ensureSst } from './sst.ts'
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
  const infrastructure = await checkInfrastructure()
  printStep(infrastructure)
  const policies = await checkPolicies()
  policies.forEach(printStep)
  return [...results, infrastructure, ...policies]
}

/** `sst.config.ts` and what it calls see names that only SST's platform declares, so they are checked beside it. */
async function checkInfrastructure(): Promise<StepResult> {
  const name = 'types of the infrastructure (tsc)'
  try {
    await ensureSst()
  } catch (thrown) {
    return { name, ok: false, detail: faultOf(thrown).message }
  }
  return runStep({ name, command: 'tsc', args: ['-p', 'tsconfig.sst.json'] })
}

if (import.meta.main) process.exitCode = passes(await check()) ? 0 : 1
