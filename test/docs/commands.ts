import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execFileSync } from 'node:child_process'

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
  for (const file of listed.toString('utf8').split('\0').filter(Boolean)) {
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

export function createReader(folder: string): Reader {
  let server: ChildProcess | null = null
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
    run: (command) => runToEnd(folder, command),
    start: async (command) => {
      await stop()
      server = shell(folder, command)
      return listening(server)
    },
  }
}

function shell(cwd: string, command: string): ChildProcess {
  const stdio = ['ignore', 'pipe', 'pipe'] as const
  return spawn('bash', ['-e', '-c', command], { cwd, stdio: [...stdio], detached: true })
}

async function runToEnd(
  folder: string,
  command: string,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = shell(folder, command)
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
