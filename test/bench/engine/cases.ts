import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRego, ensureOpa, runOpa } from '@writ/compiler'
import {
  createInstance,
  loadModule,
  meter,
  readBundle,
  type JsonInput,
  type RegoInstance,
} from '@writ/rego'
import { surroundings } from '../../../tools/toolchain.ts'

/** The SDK as its README shows it; its types name an export that its code has on the default only. */
type Textbook = {
  setData(data: object): void
  evaluate(input: unknown, entrypoint: string): readonly { readonly result: unknown }[]
}
const sdk: { loadPolicySync(bytes: Uint8Array, memory: { initial: number }): Textbook } =
  createRequire(import.meta.url)('@open-policy-agent/opa-wasm')

export type Case = {
  readonly ours: RegoInstance
  readonly textbook: Textbook
  /** Files for the peer, which reads the sources. */
  readonly rego: string
  readonly data: string
}

const fuel = 0x7f_ff_ff_ff
const now = 1_800_000_000_000_000_000n
const written = mkdtempSync(join(tmpdir(), 'writ-bench-'))
process.on('exit', () => rmSync(written, { recursive: true, force: true }))

export type Source = {
  readonly name: string
  readonly text: string
  readonly data: string
  readonly entrypoints: readonly string[]
}

/** Builds a policy for us as `writ policy build` does, and for the SDK as its README does, and starts both hosts. */
export async function aCase({ name, text, data, entrypoints }: Source): Promise<Case> {
  const rego = join(written, `${name}.rego`)
  const dataPath = join(written, `${name}.json`)
  writeFileSync(rego, text)
  writeFileSync(dataPath, data)
  const paths = [{ named: rego, file: rego }]
  const build = { paths, entrypoints, regoVersion: 1, gates: false } as const
  const { bundle } = await buildRego({ ...surroundings(), ...build })
  const wasm = readBundle(bundle).get('policy.wasm') ?? new Uint8Array()
  const textbook = sdk.loadPolicySync(await stockModule(name, entrypoints), { initial: 32 })
  textbook.setData(JSON.parse(data))
  const module = loadModule(meter(wasm))
  const ours = createInstance(module, { data: Buffer.from(data), maxPages: 4096 })
  return { ours, textbook, rego, data: dataPath }
}

async function stockModule(name: string, entrypoints: readonly string[]): Promise<Uint8Array> {
  const output = `${name}.stock.tar.gz`
  const args = ['build', '-t', 'wasm', '-o', output, `${name}.rego`]
  const { code, stdout } = await runOpa(
    [...args, ...entrypoints.flatMap((entrypoint) => ['-e', entrypoint])],
    { opa: await ensureOpa(surroundings()), folders: { '/': written }, cwd: '/' },
  )
  if (code !== 0) throw new Error(stdout)
  return readBundle(readFileSync(join(written, output))).get('policy.wasm') ?? new Uint8Array()
}

export function inputFile(name: string, bytes: Uint8Array): string {
  const path = join(written, `${name.replaceAll(' ', '-')}.input.json`)
  writeFileSync(path, bytes)
  return path
}

export function ask({ ours }: Case, input: Uint8Array | JsonInput, entrypoint: string): string {
  const evaluated = ours.evaluate({ input, entrypoint, fuel, now })
  if (evaluated.status === 'failed') throw new Error(evaluated.message)
  return evaluated.status === 'defined' ? evaluated.text : 'null'
}

/** As a handler would that has the body of a request and owes one. */
export function askTextbook({ textbook }: Case, input: Uint8Array, entrypoint: string): string {
  const [first] = textbook.evaluate(JSON.parse(Buffer.from(input).toString()), entrypoint)
  return JSON.stringify(first?.result ?? null)
}

export const shipped = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'policies', name), 'utf8')
