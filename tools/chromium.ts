import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { StepResult } from './steps.ts'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser that shows the pages in tests: WRIT_CHROMIUM, or the system's. On CI it is installed where that is allowed. */
export function chromiumOrMissing(): { readonly path: string } | { readonly step: StepResult } {
  const found = installed() ?? (process.env['CI'] === 'true' ? installHere() : undefined)
  if (found !== undefined) return { path: found }
  const missing =
    'install Chromium (on Debian: apt-get install chromium), or set WRIT_CHROMIUM to its program'
  return { step: { name: 'pages in Chromium', ok: false, detail: missing, missing } }
}

function installed(): string | undefined {
  const named = process.env['WRIT_CHROMIUM']
  return [...(named === undefined ? [] : [named]), ...usual].find((path) => existsSync(path))
}

function installHere(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log('Installing Chromium, for the tests of the pages')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (...args: readonly string[]): boolean =>
    spawnSync('apt-get', args, { env, stdio: 'ignore' }).status === 0
  run('update')
  run('install', '-y', '--no-install-recommends', 'chromium')
  return installed()
}
