import { join } from 'node:path'
import {
  buildBundle,
  ensureOpa,
  issueLines,
  runOpa,
  testPack,
  type PackTests,
} from '@writ/compiler'
import { Fault } from '@writ/domain'
import { runStep, type StepResult } from './steps.ts'
import { ensureRegal, surroundings, toolOrMissing } from './toolchain.ts'

const root = join(import.meta.dirname, '..')
const policies = join(root, 'policies')
/** Every line of a rule and of the library is reached by some test: what is not reached was never seen to be right. */
const coverageNeeded = 100

/** The policy part of `npm run check`: format, strict check and lints, Regal, tests and their coverage. */
export async function checkPolicies(): Promise<readonly StepResult[]> {
  const compiler = await toolOrMissing('policies', () => ensureOpa(surroundings()))
  if ('step' in compiler) return [compiler.step]
  return [
    await checkFormat(compiler.path),
    await checkBuild(),
    await lintPolicies(),
    ...(await checkTests()),
  ]
}

async function checkFormat(opa: string): Promise<StepResult> {
  const { code, stdout, stderr } = await runOpa(['fmt', '--list', '--fail', '.'], {
    opa,
    folders: { '/': policies },
    cwd: '/',
  })
  const way = 'Write them with: npx writ opa fmt --write policies'
  return {
    name: 'policies: format (opa fmt)',
    ok: code === 0,
    detail: [stdout.trim(), stderr.trim(), way].filter((text) => text !== '').join('\n'),
  }
}

async function checkBuild(): Promise<StepResult> {
  return judged('policies: strict check, schemas, capabilities, own lints', async () => {
    const { revision } = await buildBundle({ ...surroundings(), policies })
    return revision
  })
}

/** Regal reads its configuration, with a reason for each rule that is off, from `.regal/config.yaml`. */
async function lintPolicies(): Promise<StepResult> {
  const name = 'policies: lint (Regal)'
  const regal = await toolOrMissing(name, ensureRegal)
  if ('step' in regal) return regal.step
  const config = join(root, '.regal', 'config.yaml')
  const args = ['lint', '--config-file', config, '--format', 'compact', policies]
  return runStep({ name, command: regal.path, args })
}

async function checkTests(): Promise<readonly StepResult[]> {
  const name = 'policies: tests (opa test)'
  let tests: PackTests | null = null
  const run = await judged(name, async () => {
    tests = await testPack({ ...surroundings(), policies })
    return ''
  })
  return tests === null ? [run] : readTests(name, tests)
}

function readTests(name: string, tests: PackTests): readonly StepResult[] {
  const { passed, failed, failures, coverage } = tests
  const below = coverage.filter(({ percent }) => percent < coverageNeeded)
  const lines = failures.map(({ pointer, message }) => `${pointer}: ${message}`)
  const ran = { name: `${name}: ${passed} passed`, ok: failed === 0 && passed > 0 }
  const result = { ...ran, detail: passed + failed === 0 ? 'no test was found' : lines.join('\n') }
  if (failed > 0) return [result]
  return [
    result,
    {
      name: `policies: coverage ${coverageNeeded} % of each file`,
      ok: below.length === 0,
      detail: below
        .map(
          ({ path, percent, missing }) =>
            `${path}: ${percent} %; not reached: lines ${missing.join(', ')}`,
        )
        .join('\n'),
    },
  ]
}

/** A step that is right unless its work throws; a mistake in the pack is told line by line. */
async function judged(name: string, work: () => Promise<string>): Promise<StepResult> {
  try {
    return { name, ok: true, detail: await work() }
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return { name, ok: false, detail: [thrown.message, ...issueLines(thrown)].join('\n') }
  }
}
