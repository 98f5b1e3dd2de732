import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const writer = fileURLToPath(new URL('writer.ts', import.meta.url))

export type Written = {
  /** Id → digests of leaf and body, as they were acknowledged. */
  readonly acknowledged: ReadonlyMap<string, string>
  readonly code: number | null
  readonly complaints: string
}

/** Runs a writer in a process of its own, and kills it, or what else is to be killed, once it has acknowledged so many entries. */
export async function write(
  args: readonly string[],
  killAfter = Infinity,
  kill: (writer: ChildProcess) => void = (child) => void child.kill('SIGKILL'),
): Promise<Written> {
  const child = spawn(process.execPath, [writer, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const acknowledged = new Map<string, string>()
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const [id, leaf, body] = line.split(' ')
    // A line that the kill cut off acknowledges nothing.
    if (id !== undefined && body?.length === 71) acknowledged.set(id, `${leaf} ${body}`)
    if (acknowledged.size >= killAfter) kill(child)
  }
  return { acknowledged, code: await ended, complaints }
}
