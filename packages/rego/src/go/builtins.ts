import { RegoError, wordsOf } from '../rego-error.ts'
import { createWasi } from './wasi.ts'

/** What became of a call. To the policy `failed` is undefined; `halted` ends the evaluation. */
export type GoAnswer =
  | { readonly status: 'defined'; readonly text: string }
  | { readonly status: 'undefined' }
  | { readonly status: 'failed' | 'halted'; readonly message: string }

/** OPA's own builtins, run in this process: for what a module asks of its host and the host has no form of its own for. */
export type GoBuiltins = {
  /** Of the OPA that they are of, as in `1.22.2`. */
  readonly version: string
  readonly names: ReadonlySet<string>
  /** Starts an evaluation, at an instant in nanoseconds since 1970: what was kept of the last one is gone. */
  begin(now: bigint, seed: bigint): void
  /** The operands are one array in Rego's notation, and so is the value that it gives. */
  call(name: string, operands: string): GoAnswer
}

const statuses = ['defined', 'undefined', 'failed', 'halted'] as const
/** After a call that left it with more memory than this it is started anew. */
const keptBytes = 256 * 1024 * 1024

type Exports = {
  readonly memory: WebAssembly.Memory
  readonly initialize: () => void
  readonly buffer: (size: number) => number
  readonly begin: (now: bigint, seed: bigint) => void
  readonly call: (nameSize: number) => number
  readonly names: () => void
  readonly release: () => void
  readonly result: () => number
  readonly resultSize: () => number
}

const loaded = new WeakMap<Uint8Array, GoBuiltins>()

/**
 * Compiles what `tools/opa-builtins` builds to, which takes 0.2 s: the same bytes again give what was made of them, for any
 * number of modules and instances. Throws a RegoError where the bytes are not that module.
 */
export function loadGoBuiltins(bytes: Uint8Array): GoBuiltins {
  const known = loaded.get(bytes) ?? compiledFrom(bytes)
  loaded.set(bytes, known)
  return known
}

function compiledFrom(bytes: Uint8Array): GoBuiltins {
  try {
    const module = new WebAssembly.Module(bytes)
    const first = startedFrom(module)
    first.go.names()
    const names = new Set(resultOf(first.go).split('\n'))
    first.go.release()
    return goBuiltinsOf(module, { first, names, version: resultOf(first.go) })
  } catch (cause) {
    throw new RegoError('module_invalid', `OPA's builtins cannot be loaded: ${wordsOf(cause)}`, {
      cause,
    })
  }
}

type Started = { readonly go: Exports; readonly begin: GoBuiltins['begin'] }

function startedFrom(module: WebAssembly.Module): Started {
  const memory = (): WebAssembly.Memory => go.memory
  const wasi = createWasi(memory)
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.imports })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what tools/opa-builtins exports; a lacking one is thrown at its first call, below
  const go = {
    ...instance.exports,
    initialize: instance.exports['_initialize'],
  } as unknown as Exports
  go.initialize()
  const begin = (now: bigint, seed: bigint): void => {
    wasi.begin(now, seed)
    go.begin(now, seed)
  }
  begin(0n, 0n)
  return { go, begin }
}

type Loaded = Pick<GoBuiltins, 'names' | 'version'> & { readonly first: Started }

function goBuiltinsOf(module: WebAssembly.Module, { first, names, version }: Loaded): GoBuiltins {
  let started: Started | null = first
  let evaluation: readonly [bigint, bigint] = [0n, 0n]
  let hasBegun = false
  const current = (): Started => {
    started ??= startedFrom(module)
    if (!hasBegun) started.begin(...evaluation)
    hasBegun = true
    return started
  }
  return {
    version,
    names,
    begin: (now, seed) => {
      evaluation = [now, seed]
      hasBegun = false
      if (started !== null && started.go.memory.buffer.byteLength > keptBytes) started = null
    },
    call: (name, operands) => {
      const { go } = current()
      try {
        return answered(go, name, operands)
      } catch (thrown) {
        started = null // it is in no known state
        hasBegun = false
        return { status: 'halted', message: `it stopped: ${wordsOf(thrown)}` }
      }
    },
  }
}

function answered(go: Exports, name: string, operands: string): GoAnswer {
  const [nameBytes, operandBytes] = [Buffer.from(name), Buffer.from(operands)]
  const room = go.buffer(nameBytes.length + operandBytes.length)
  const memory = Buffer.from(go.memory.buffer)
  memory.set(nameBytes, room)
  memory.set(operandBytes, room + nameBytes.length)
  const status = statuses[go.call(nameBytes.length)]
  if (status === undefined) throw new Error('it answered what it does not')
  if (status === 'undefined') return { status }
  const text = resultOf(go)
  return status === 'defined' ? { status, text } : { status, message: text }
}

function resultOf(go: Exports): string {
  const start = go.result()
  return Buffer.from(go.memory.buffer).toString('utf8', start, start + go.resultSize())
}
