import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'

export const root: string = join(import.meta.dirname, '..', '..')
export const pack: string = join(import.meta.dirname, 'pack')
const bin = join(root, 'packages', 'cli', 'bin', 'writ.js')

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

export type Surroundings = {
  readonly cwd?: string
  readonly input?: string
  readonly env?: { readonly [name: string]: string }
}

const kept = ['PATH', 'HOME', 'XDG_CACHE_HOME', 'WRIT_OPA', 'GOPROXY', 'GOFLAGS', 'GOCACHE', 'GOMODCACHE'] // prettier-ignore

/** Runs the command as a person does, in surroundings that say nothing of who runs the tests. */
export async function writ(
  args: readonly string[],
  { cwd = root, input = '', env = {} }: Surroundings = {},
): Promise<Ended> {
  const own = kept.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...Object.fromEntries(own), ...env },
  })
  child.stdin.on('error', () => undefined) // it may end without reading
  child.stdin.end(input)
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, out: textOf(out), err: textOf(err) }
}

/** A check by the small pack beside the tests, so that no wording of the shipped policies matters here. */
export function check(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return writ(['check', '--policies', pack, ...args], surroundings)
}

/** Compares with what people were promised; `npm run golden` writes it anew. */
export function expectGolden(name: string, text: string): void {
  const file = join(root, 'test', 'golden', 'cli', `${name}.txt`)
  const stable = text
    .replace(/pack-[0-9a-f]{12}/g, 'pack-REVISION')
    .replace(/sha256:[0-9a-f]{64}/g, 'sha256:DIGEST')
  if (process.env['WRITE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, stable)
  }
  expect(stable).toBe(readFileSync(file, 'utf8'))
}

/** Writes files by their paths into a folder. */
export function write(
  folder: string,
  files: { readonly [path: string]: string | Uint8Array },
): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8')
}
