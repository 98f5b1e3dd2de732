import { once } from 'node:events'
import { homedir, userInfo } from 'node:os'
import { randomUUID } from 'node:crypto'
import { runCommand } from './run.ts'
import type { Desk } from './desk.ts'

// Whoever reads our output may have seen enough: `writ check … | head`.
process.stdout.on('error', (error: Error & { readonly code?: string }) => {
  process.exit(error.code === 'EPIPE' ? 0 : 3)
})

/** Runs the command. `codeFolder` is where the code lies that runs, where it was made for this. */
export async function main(codeFolder: string | null): Promise<void> {
  const place = codeFolder === null ? {} : { codeFolder }
  process.exitCode = await runCommand(process.argv.slice(2), { ...desk, ...place })
}

const desk: Desk = {
  cwd: process.cwd(),
  home: homedir(),
  env: process.env,
  user: userName(),
  now: () => new Date(),
  newKey: () => randomUUID(),
  readInput,
  inputChunks: () => process.stdin,
  out: (text) => void process.stdout.write(text),
  flushed,
  err: (text) => void process.stderr.write(text),
  outIsTerminal: process.stdout.isTTY,
  outColumns: process.stdout.columns,
  errIsTerminal: process.stderr.isTTY,
}

async function readInput(maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    length += bytes.length
    if (length > maxBytes) break
  }
  return Buffer.concat(chunks)
}

async function flushed(): Promise<void> {
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain')
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown' // a container may run under a number that has no name
  }
}
