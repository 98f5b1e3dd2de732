import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WireAnswer } from '@writ/contract'
import type { Json, JsonObject } from '@writ/domain'
import { afterAll } from 'vitest'

export const root = join(import.meta.dirname, '..', '..')
const main = join(root, 'packages', 'local', 'src', 'main.ts')

const started: ChildProcess[] = []
// A test that fails in the middle leaves no process behind.
afterAll(() => started.forEach((child) => child.kill('SIGKILL')))

/** A real process that listens, or that has ended without. */
export type Server = {
  /** Where it listens; empty when it never did. */
  readonly address: string
  readonly out: () => string
  readonly err: () => string
  /** Resolves when what it wrote to stderr matches. */
  readonly says: (pattern: RegExp) => Promise<void>
  /** Sends the signal; gives the exit code, null when the signal ended it. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>
  readonly code: () => number | null
}

/** Starts `npm start`'s own program, and comes back when it listens or has ended. */
export async function startWrit(
  args: readonly string[],
  { env = {}, shell = '' }: { env?: Record<string, string>; shell?: string } = {},
): Promise<Server> {
  const command = [process.execPath, main, '--port', '0', ...args]
  const child = spawn('bash', ['-c', `${shell} exec "$@"`, 'bash', ...command], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const said = { out: '', err: '' }
  const ended = once(child, 'close')
  const heard = new EventTarget()
  const hear = (stream: 'out' | 'err') => (chunk: Buffer) => {
    said[stream] += chunk.toString('utf8')
    heard.dispatchEvent(new Event('news'))
  }
  child.stdout.on('data', hear('out'))
  child.stderr.on('data', hear('err'))
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => (isSo() ? resolve() : undefined)
      heard.addEventListener('news', look)
      child.on('close', () => (isSo() ? resolve() : reject(new Error(`it ended: ${said.err}`))))
      look()
    })
  await until(() => said.out.includes('in a browser') || child.exitCode !== null).catch(() => {})
  return {
    address: /http:\/\/127\.0\.0\.1:\d+/.exec(said.out)?.[0] ?? '',
    out: () => said.out,
    err: () => said.err,
    says: (pattern) => until(() => pattern.test(said.err)),
    stop: async (signal) => {
      child.kill(signal)
      await ended
      return child.exitCode
    },
    code: () => child.exitCode,
  }
}

/** Folders of a test, gone after it. */
export function scratch(): {
  readonly path: (name: string) => string
  readonly remove: () => void
} {
  const folder = mkdtempSync(join(tmpdir(), 'writ-local-'))
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A copy of the shipped policies that a test may edit. */
export function copyOfPolicies(target: string): string {
  cpSync(join(root, 'policies'), target, { recursive: true })
  return target
}

export function example(name: string): JsonObject {
  const request: JsonObject = JSON.parse(
    readFileSync(join(root, 'examples', 'requests', `${name}.json`), 'utf8'),
  )
  return request
}

export type Reply = { readonly status: number; readonly text: string; readonly json: WireAnswer }

export async function post(server: Server, path: string, body: Json): Promise<Reply> {
  const response = await fetch(`${server.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, text, json: JSON.parse(text) }
}

export const decide = (server: Server, request: Json): Promise<Reply> =>
  post(server, '/v1/decisions', request)

export async function get(server: Server, path: string): Promise<Reply> {
  const response = await fetch(`${server.address}${path}`)
  const text = await response.text()
  return { status: response.status, text, json: JSON.parse(text) }
}
