import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'

export type Block = { readonly line: number; readonly text: string }

/** The fenced `sh` blocks of a page, in order. */
export function shellBlocks(markdown: string): readonly Block[] {
  const pattern = /^```sh\n([\s\S]*?)^```$/gm
  return [...markdown.matchAll(pattern)].map((match) => ({
    line: markdown.slice(0, match.index).split('\n').length,
    text: (match[1] ?? '').trim(),
  }))
}

/** A clean copy of the repository as a reader has it after `npm ci`: every file that git knows or would take. */
export function copyOfHouse(root: string, target: string): void {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root })
  const files = listed.toString('utf8').split('\0').filter(Boolean)
  for (const file of files.filter((path) => existsSync(join(root, path)))) {
    mkdirSync(dirname(join(target, file)), { recursive: true })
    cpSync(join(root, file), join(target, file))
  }
  symlinkSync(join(root, 'node_modules'), join(target, 'node_modules'))
}

export function page(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** A reader with two terminals: one keeps a server running, the other runs commands. */
export type Reader = {
  /** Starts a server and comes back once it listens. */
  readonly start: (command: string) => Promise<string>
  /** Runs a block to its end. */
  readonly run: (
    command: string,
  ) => Promise<{ readonly code: number | null; readonly said: string }>
  readonly stop: () => Promise<void>
}

/** The port that the pages name; the reader's own house may be using it. */
const pagesPort = '7171'

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address === 'string' || address === null) throw new Error('there is no free port')
  return address.port
}

/** Runs what the pages say as they say it, but at a port of its own: a Writ that is running here is left alone. */
export function createReader(folder: string, port: number): Reader {
  let server: ChildProcess | null = null
  const shellHere = (command: string): ChildProcess =>
    shell(folder, command.replaceAll(`127.0.0.1:${pagesPort}`, `127.0.0.1:${port}`), port)
  const stop = async (): Promise<void> => {
    const running = server
    server = null
    if (running === null || running.exitCode !== null || running.pid === undefined) return
    const ended = once(running, 'close')
    process.kill(-running.pid, 'SIGTERM')
    await ended
  }
  return {
    stop,
    run: (command) => runToEnd(shellHere(command)),
    start: async (command) => {
      await stop()
      server = shellHere(`${command}${command.includes(' -- ') ? '' : ' --'} --port ${port}`)
      return listening(server)
    },
  }
}

function shell(cwd: string, command: string, port: number): ChildProcess {
  const env = { ...process.env, WRIT_SERVER: `http://127.0.0.1:${port}` }
  const stdio = ['ignore', 'pipe', 'pipe'] as const
  return spawn('bash', ['-e', '-c', command], { cwd, env, stdio: [...stdio], detached: true })
}

async function runToEnd(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly said: string }> {
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  await once(child, 'close')
  return { code: child.exitCode, said }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString('utf8')
      if (said.includes('Writ is listening on')) resolve(said)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('close', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)))
  })
}
