import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { StepResult } from './steps.ts'

const version = '3.1.0'
const name = 'the store on DynamoDB Local'

/** AWS's own DynamoDB for a machine, a judge of the store: its folder in the cache, fetched there once by Maven. */
export function dynamodbLocalOrMissing(
  cacheDir: string,
): { readonly path: string } | { readonly step: StepResult } {
  const folder = join(cacheDir, 'dynamodb-local', version)
  if (!answers('java'))
    return missing('install Java 17 or later (on Debian: apt-get install default-jre-headless)')
  if (existsSync(folder)) return { path: folder }
  if (!answers('mvn') && process.env['CI'] === 'true') installMaven()
  if (!answers('mvn')) return missing('install Maven (on Debian: apt-get install maven)')
  console.log(`Fetching DynamoDB Local ${version}, once, for tests only`)
  return fetched(folder)
    ? { path: folder }
    : missing('let Maven reach its repository: mvn says what it lacks')
}

function missing(how: string): { readonly step: StepResult } {
  return { step: { name, ok: false, detail: how, missing: how } }
}

function answers(command: string): boolean {
  return spawnSync(command, ['-version'], { stdio: 'ignore' }).status === 0
}

/** Whole or not at all: it is given its name when all of it is there. */
function fetched(folder: string): boolean {
  const unfinished = `${folder}.${process.pid}.unfinished`
  mkdirSync(dirname(folder), { recursive: true })
  const pom = join(import.meta.dirname, 'dynamodb-local', 'pom.xml')
  const args = [
    '-q',
    '-B',
    '-f',
    pom,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${unfinished}`,
  ]
  try {
    if (spawnSync('mvn', args, { stdio: 'inherit' }).status !== 0) return false
    if (!existsSync(folder)) renameSync(unfinished, folder)
    return true
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function installMaven(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log('Installing Maven, for the tests on DynamoDB Local')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update'], { env, stdio: 'ignore' })
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'maven'], {
    env,
    stdio: 'ignore',
  })
}
