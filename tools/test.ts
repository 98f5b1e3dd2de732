import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './check.ts'
import { passes, printStep, runStep, type StepResult } from './steps.ts'
import { testParts } from './toolchain.ts'

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

/** The whole proof: the checks, then every test that the machine has the parts for, then what it could not run. */
async function prove(): Promise<boolean> {
  const checks = await check()
  const parts = await testParts()
  const ratios = await ratiosOf(parts)
  const { counts, ok } = await runTests(parts)
  const steps: readonly StepResult[] = [...checks, ...parts.results, ...ratios]
  close(counts, steps)
  return ok && passes(steps) && counts.failed === 0
}

type Environment = { readonly env: Readonly<Record<string, string>> }

/** What a decision costs beside OPA's SDK, against its gates. Policies are compiled for it. */
async function ratiosOf({ env }: Environment): Promise<readonly StepResult[]> {
  if (env['WRIT_TEST_WITHOUT_OPA'] !== undefined) return []
  const args = ['test/bench/engine.bench.ts', '--smoke']
  const step = await runStep({ name: 'the ratios of a decision', command: process.execPath, args })
  printStep(step)
  return [step]
}

async function runTests(
  parts: Environment,
): Promise<{ readonly counts: Counts; readonly ok: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-test-'))
  const report = join(folder, 'report.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn('vitest', args, { stdio: 'inherit', env: { ...process.env, ...parts.env } })
    child.on('error', () => resolve(1))
    child.on('close', resolve)
  })
  const counts = readCounts(report)
  rmSync(folder, { recursive: true, force: true })
  return { counts, ok: code === 0 }
}

function readCounts(report: string): Counts {
  try {
    const read = JSON.parse(readFileSync(report, 'utf8'))
    return {
      passed: Number(read.numPassedTests),
      failed: Number(read.numFailedTests),
      skipped: Number(read.numPendingTests) + Number(read.numTodoTests),
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function close({ passed, failed, skipped }: Counts, steps: readonly StepResult[]): void {
  const missing = steps.filter((step) => step.missing !== undefined)
  const broken = steps.filter((step) => step.missing === undefined && !step.ok)
  console.log('')
  for (const { name } of broken) console.log(`Failed before the tests: ${name}`)
  for (const { name, missing: how } of missing) console.log(`Not run: ${name}. To run it: ${how}`)
  if (missing.length === 0) console.log('Nothing was left out: this machine has every part.')
  console.log(`${passed} passed, ${failed + broken.length} failed, ${skipped} skipped`)
}

process.exitCode = (await prove()) ? 0 : 1
