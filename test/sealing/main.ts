import { parseArgs } from 'node:util'
import { mutants } from './mutants.ts'
import { run } from './run.ts'

/** `npm run sim -- --seeds N`: N lives of a log, then each mutant until it is found out. */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '500' }, from: { type: 'string', default: '1' } },
})
const [seeds, from] = [Number(values.seeds), Number(values.from)]
if (!Number.isSafeInteger(seeds) || seeds < 1 || !Number.isSafeInteger(from)) {
  console.error('Usage: npm run sim -- --seeds N [--from SEED]')
  process.exit(3)
}

let [operations, acked, violating] = [0, 0, 0]
for (let seed = from; seed < from + seeds; seed += 1) {
  const result = await run(seed)
  operations += result.operations
  acked += result.acked
  if (result.violations.length === 0) continue
  violating += 1
  console.log(`seed ${seed}: ${result.violations.join('; ')}`)
}
console.log(
  `sim: ${seeds} seeds, ${operations} operations, ${acked} acked, ${violating} violations`,
)

let caught = 0
for (const [name, mutant] of Object.entries(mutants)) {
  const found = await firstFound(mutant, Math.max(seeds, 4000))
  if (found !== null) caught += 1
  console.log(
    found === null
      ? `missed: ${name}`
      : `caught at seed ${found.seed}: ${name} (${found.violations[0]})`,
  )
}
const all = Object.keys(mutants).length
console.log(`mutants: ${caught}/${all} caught`)
process.exitCode = violating === 0 && caught === all ? 0 : 1

async function firstFound(mutant: Parameters<typeof run>[1], most: number) {
  for (let seed = 1; seed <= most; seed += 1) {
    const { violations } = await run(seed, mutant)
    if (violations.length > 0) return { seed, violations }
  }
  return null
}
