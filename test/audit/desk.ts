import { Readable } from 'node:stream'
import type { Desk } from '../../packages/cli/src/desk.ts'
import { runCommand } from '../../packages/cli/src/run.ts'

export type Ended = { readonly code: number; readonly out: string; readonly err: string }

/** Runs the command in this process, at a desk that nobody sits at: thousands of runs take seconds. */
export function writ(...args: readonly string[]): Promise<Ended> {
  return writIn({}, args)
}

/** The same in an environment. */
export async function writIn(env: Desk['env'], args: readonly string[]): Promise<Ended> {
  const said = { out: '', err: '' }
  const desk: Desk = {
    cwd: process.cwd(),
    home: '/nowhere',
    env,
    user: 'auditor',
    now: () => new Date('2026-12-01T00:00:00.000Z'),
    newKey: () => 'a key',
    readInput: async () => new Uint8Array(),
    inputChunks: () => Readable.from([]),
    out: (text) => void (said.out += text),
    flushed: async () => undefined,
    err: (text) => void (said.err += text),
    outIsTerminal: false,
    errIsTerminal: false,
  }
  return { code: await runCommand(args, desk), ...said }
}
