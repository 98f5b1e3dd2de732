import { parseArgs } from 'node:util'
import { runConformance, type Area, type Conformance } from './run.ts'

/**
 * Runs OPA's own test cases, all of them or every n-th: `npm run conformance -- --every 20`. `--host npm` asks OPA's
 * JavaScript SDK instead. Fails for a case that is not as OPA wants it, and for an exception that is.
 */
const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    host: { type: 'string', default: 'ours' },
  },
})
const every = Number(values.every)
if (!Number.isInteger(every) || every < 1 || (values.host !== 'ours' && values.host !== 'npm')) {
  console.error('usage: npm run conformance [-- --every N] [--host ours|npm]')
  process.exit(2)
}
const conformance = await runConformance({ host: values.host, every })
for (const line of conformance.faults) console.log(line)
for (const [name, area] of conformance.areas) console.log(areaLine(name, area))
console.log(totalLine(conformance))
if (conformance.faults.length > 0) process.exitCode = 1

function areaLine(name: string, { passed, run, excluded }: Area): string {
  const more = excluded === 0 ? '' : `, ${excluded} excluded`
  return `${name.padEnd(44)} ${passed}/${run}${more}`
}

function totalLine({ areas }: Conformance): string {
  const all = [...areas.values()]
  const sum = (count: (area: Area) => number): number =>
    all.reduce((total, area) => total + count(area), 0)
  const [passed, run, excluded] = [sum((area) => area.passed), sum((area) => area.run), sum((area) => area.excluded)] // prettier-ignore
  return `conformance: ${passed}/${run} passed (${((100 * passed) / run).toFixed(2)} %), ${excluded} excluded`
}
