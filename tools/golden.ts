import { spawnSync } from 'node:child_process'

/** Writes every golden file anew from what the code gives now. Read the diff: a golden is what people were promised. */
const { status } = spawnSync('vitest', ['run'], {
  stdio: 'inherit',
  env: { ...process.env, WRITE_GOLDEN: '1' },
})
spawnSync('git', ['status', '--short', 'test/golden'], { stdio: 'inherit' })
process.exitCode = status ?? 1
