import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { ensureGoBuiltins } from '@writ/compiler'
import { loadGoBuiltins } from '@writ/rego'
import { ensureNativeOpa, surroundings } from '../../tools/toolchain.ts'
import { runBuiltins, runPolicies, type Outcome } from './run.ts'

/**
 * Sets compiled policies beside OPA itself: `npm run differential -- --builtins N --policies N --seed S` calls builtins N times
 * with random operands, and evaluates N random policies; `--only NAME` calls that builtin only. Fails for a disagreement, which
 * it shrinks.
 */
const { values } = parseArgs({
  options: {
    builtins: { type: 'string', default: '100000' },
    policies: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})
const [builtins, policies, seed] = [values.builtins, values.policies, values.seed].map(Number)
if (!isCount(builtins) || !isCount(policies) || !isCount(seed)) {
  console.error('usage: npm run differential [-- --builtins N --policies N --seed S --only NAME]')
  process.exit(2)
}
const around = surroundings()
const opa = await ensureNativeOpa()
const go = loadGoBuiltins(await readFile(await ensureGoBuiltins(around)))
tell(
  'builtins',
  builtins === 0
    ? nothing()
    : runBuiltins({ opa, go, seed, runs: builtins, only: values.only ?? null }),
)
tell(
  'policies',
  policies === 0
    ? nothing()
    : await runPolicies({ opa, go, seed, runs: policies, hear: (news) => console.log(news) }),
)

function isCount(count: number | undefined): count is number {
  return Number.isSafeInteger(count) && (count ?? -1) >= 0
}

function nothing(): Outcome {
  return { compared: 0, skipped: 0, faults: [] }
}

function tell(what: string, { compared, skipped, faults }: Outcome): void {
  for (const fault of faults) console.log(`${fault}\n`)
  console.log(
    `differential: ${what} ${compared} compared, ${skipped} skipped, ${faults.length} disagree (seed ${seed})`,
  )
  if (faults.length > 0) process.exitCode = 1
}
