import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createInstance,
  hostBuiltins,
  loadModule,
  meter,
  readBundle,
  readRegoInput,
  type GoBuiltins,
  type RegoInstance,
} from '@writ/rego'
import fc from 'fast-check'
import { fewNumbers, integers, valueOf, type Declared } from './values.ts'

export type Builtin = { readonly name: string; readonly args: readonly Declared[] }

/** A builtin and its operands, as one array in Rego's notation. */
export type Call = { readonly name: string; readonly operands: string }

/** Draws, reads the clock, or only exists in OPA's compiler. */
const left =
  /^(?:eq|assign|print|internal\..*|rand\.intn|uuid\.rfc4122|time\.now_ns|trace|walk|rego\..*|cast_.*|set_diff|http\.send|opa\.runtime|net\.lookup_ip_addr)$/

/** The builtins that a module does not leave to OPA's own Go code: native ones, and those with a form in TypeScript. */
export function builtinsUnder(opa: string): readonly Builtin[] {
  const text = execFileSync(opa, ['capabilities', '--current'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  })
  const { builtins }: { builtins: { name: string; decl: { args?: Declared[] } }[] } =
    JSON.parse(text)
  return builtins
    .filter(({ name }) => !left.test(name))
    .map(({ name, decl }) => ({ name, args: decl.args ?? [] }))
}

/** A function that calls builtins in a compiled policy: what the module does itself, and what it asks this host for. */
export function compiledBuiltins(opa: string, builtins: readonly Builtin[]): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'writ-differential-'))
  try {
    const rules = builtins.map(({ name, args }, index) => {
      const operands = args.map((_, at) => `input[${at}]`).join(', ')
      return `b${index} = [type_name(x), json.marshal(x)] { x := ${name}(${operands}) }`
    })
    writeFileSync(join(folder, 'd.rego'), ['package d', ...rules].join('\n\n'))
    const entrypoints = builtins.flatMap((_, index) => ['-e', `d/b${index}`])
    execFileSync(
      opa,
      ['build-exact', '--v0-compatible', '-o', 'b.tar.gz', ...entrypoints, 'd.rego'],
      { cwd: folder },
    )
    const wasm = readBundle(readFileSync(join(folder, 'b.tar.gz'))).get('policy.wasm')
    return compiledFrom(meter(wasm ?? new Uint8Array()), builtins)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export type Compiled = (go: GoBuiltins) => {
  readonly builtins: readonly Builtin[]
  readonly call: (call: Call) => string
}

function compiledFrom(module: Uint8Array, builtins: readonly Builtin[]): Compiled {
  return (go) => {
    const loaded = loadModule(module, { go: () => go })
    const own = new Set(hostBuiltins)
    const byGo = new Set(loaded.builtins.filter((name) => !own.has(name)))
    const index = new Map(builtins.map(({ name }, at) => [name, at]))
    const instance = createInstance(loaded, { data: Buffer.from('{}'), maxPages: 4096 })
    return {
      builtins: builtins.filter(({ name }) => !byGo.has(name)),
      call: ({ name, operands }) => answer(instance, `d/b${index.get(name)}`, operands),
    }
  }
}

function answer(instance: RegoInstance, entrypoint: string, operands: string): string {
  const evaluated = instance.evaluate({
    input: readRegoInput(operands),
    entrypoint,
    fuel: 100_000_000,
    now: 0n,
  })
  if (evaluated.status === 'defined') return evaluated.text
  return evaluated.status === 'undefined' ? 'undefined' : `failed: ${evaluated.message}`
}

/** Where OPA itself would make millions of values, or gives up. */
const narrowed: ReadonlyMap<string, readonly fc.Arbitrary<string>[]> = new Map([
  ['numbers.range', [fewNumbers, fewNumbers]],
  ['bits.lsh', [integers, fewNumbers]],
  ['bits.rsh', [integers, fewNumbers]],
])

/** Calls of a builtin with operands as it declares them, mostly. */
export function callsOf({ name, args }: Builtin): fc.Arbitrary<Call> {
  return fc
    .tuple(...(narrowed.get(name) ?? args.map(valueOf)))
    .map((operands) => ({ name, operands: `[${operands.join(',')}]` }))
}
