#!/usr/bin/env node
// Plain JavaScript for any Node ≥ 18: the sources need the Node that package.json pins, and start under it.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = new URL('../src/main.ts', import.meta.url)
const pinned = pinnedNode()
// Code that was compiled once is kept for the next start, with what else this user's cache keeps.
const codeCache = process.env['NODE_COMPILE_CACHE'] ?? join(cacheHome(), 'writ', 'code')

if (pinned === null) {
  process.stderr.write(
    `writ: the packages of ${fileURLToPath(new URL('../../..', import.meta.url))} are not installed: run \`npm ci\` there\n`,
  )
  process.exitCode = 3
} else if (process.version === `v${pinned.version}`) {
  nodeModule.enableCompileCache(codeCache)
  await import(main.href)
} else {
  handOver(pinned.path)
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

/** @param {string} node */
function handOver(node) {
  const args = [...process.execArgv, fileURLToPath(main), ...process.argv.slice(2)]
  const env = { ...process.env, NODE_COMPILE_CACHE: codeCache }
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
