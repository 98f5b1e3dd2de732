import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Writes every golden file, and every page of a rule, anew from what the code gives now. Read the diff: a golden is what people were promised. */
const pages = spawnSync(process.execPath, [join(import.meta.dirname, 'pages.ts')], {
  stdio: 'inherit',
})
const { status } = spawnSync('vitest', ['run'], {
  stdio: 'inherit',
  env: { ...process.env, WRITE_GOLDEN: '1' },
})
spawnSync('git', ['status', '--short', 'test/golden', 'docs/reference'], { stdio: 'inherit' })
process.exitCode = pages.status === 0 ? (status ?? 1) : 1
