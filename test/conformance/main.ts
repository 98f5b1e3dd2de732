import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { pageOf, pagePath, totalLine } from './page.ts'
import { runConformance, type Area } from './run.ts'

/**
 * Runs OPA's own test cases, all of them or every n-th: `npm run conformance -- --every 20`. `--host npm` asks OPA's
 * JavaScript SDK instead. Fails for a case that is not as OPA wants it, and for an exception that is. `--write` writes
 * the page of results.
 */
const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    host: { type: 'string', default: 'ours' },
    write: { type: 'boolean', default: false },
  },
})
const every = Number(values.every)
if (!Number.isInteger(every) || every < 1 || (values.host !== 'ours' && values.host !== 'npm')) {
  console.error('usage: npm run conformance [-- --every N] [--host ours|npm] [--write]')
  process.exit(2)
}
const conformance = await runConformance({ host: values.host, every })
for (const line of conformance.faults) console.log(line)
for (const [name, area] of conformance.areas) console.log(areaLine(name, area))
console.log(totalLine(conformance))
if (conformance.faults.length > 0) process.exitCode = 1
if (values.write) {
  const path = join(import.meta.dirname, '..', '..', pagePath)
  const options = await resolveConfig(path)
  writeFileSync(path, await format(pageOf(conformance), { ...options, filepath: path }))
}

function areaLine(name: string, { passed, run, excluded }: Area): string {
  const more = excluded === 0 ? '' : `, ${excluded} excluded`
  return `${name.padEnd(44)} ${passed}/${run}${more}`
}
