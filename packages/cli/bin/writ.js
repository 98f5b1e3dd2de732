#!/usr/bin/env node
// Plain JavaScript for any Node ≥ 18: the sources need the Node that package.json pins, and start under it.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const self = fileURLToPath(import.meta.url)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const pinned = pinnedNode()

if (pinned === null) {
  process.stderr.write(`writ: the packages of ${root} are not installed: run \`npm ci\` there\n`)
  process.exitCode = 3
} else if (process.version === `v${pinned.version}` || wasHandedOver()) {
  await start()
} else {
  handOver(pinned.path)
}

async function start() {
  // Code that was compiled once is kept for the next start, with what else this user's cache keeps.
  const cache = join(cacheHome(), 'writ', 'code')
  const { keptCode } = await import('./kept-code.js')
  // Who looks for a mistake wants to read of the sources, by their lines.
  const isDebugged = (process.env['WRIT_DEBUG'] ?? '') !== ''
  const code = isDebugged ? null : await keptCode({ root, cache, bundle, tell })
  nodeModule.enableCompileCache(code === null ? cache : join(code, 'compiled'))
  const file = code === null ? join(root, 'packages/cli/src/main.ts') : join(code, 'main.js')
  const { main } = await import(pathToFileURL(file).href)
  await main(code)
}

/** @param {string} words */
function tell(words) {
  process.stderr.write(`writ: ${words}\n`)
}

/** @param {string} folder */
async function bundle(folder) {
  const { bundleCommand } = await import('../../../tools/command.ts')
  return bundleCommand(folder)
}

function cacheHome() {
  const home = process.env['XDG_CACHE_HOME'] ?? ''
  return home === '' ? join(homedir(), '.cache') : home
}

/** @returns {{ path: string, version: string } | null} The Node that npm installed for this repository. */
function pinnedNode() {
  try {
    const manifest = nodeModule.createRequire(import.meta.url).resolve('node/package.json')
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
    const file = process.platform === 'win32' ? 'node.exe' : 'node'
    return { path: join(dirname(manifest), 'bin', file), version }
  } catch {
    return null
  }
}

/** Whether our parent is this file under another Node: it hands over once, whatever that Node then says of its version. */
function wasHandedOver() {
  return process.env['WRIT_HANDED_OVER_BY'] === String(process.ppid)
}

/** @param {string} node */
function handOver(node) {
  const args = [...process.execArgv, self, ...process.argv.slice(2)]
  const env = { ...process.env, WRIT_HANDED_OVER_BY: String(process.pid) }
  const child = spawn(node, args, { stdio: 'inherit', env })
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const forward = signals.map((signal) => {
    const handler = () => child.kill(signal)
    process.on(signal, handler)
    return { signal, handler }
  })
  child.on('error', ({ message }) => {
    process.stderr.write(`writ: ${node} cannot be run: ${message}. Run \`npm ci\` again\n`)
    process.exitCode = 3
  })
  child.on('exit', (code, signal) => {
    for (const { signal: name, handler } of forward) process.off(name, handler)
    if (signal === null) process.exitCode = code ?? 3
    else process.kill(process.pid, signal)
  })
}
