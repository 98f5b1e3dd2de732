import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseOptions, usage } from './options.ts'

// Code that was compiled once is kept for the next start, with what else this user's cache keeps.
const caches = process.env['XDG_CACHE_HOME'] ?? ''
enableCompileCache(join(caches === '' ? join(homedir(), '.cache') : caches, 'writ', 'code'))

const shipped = join(import.meta.dirname, '..', '..', '..', 'policies')
const parsed = parseOptions(process.argv.slice(2), shipped)
if (parsed.status === 'help') console.log(usage)
else if (parsed.status === 'mistaken') {
  process.stderr.write(`${parsed.mistakes.join('\n')}\n\n${usage}\n`)
  process.exitCode = 2
} else if (parsed.status === 'create-tables') {
  const { runTables } = await import('./run-tables.ts')
  await runTables(parsed.endpoint)
} else if (parsed.status === 'start') {
  const { run } = await import('./run.ts') // the rest of the house is read only when it is opened
  await run(parsed.options)
} else {
  const { runKeys } = await import('./run-keys.ts')
  await runKeys(parsed.status, parsed.options)
}
