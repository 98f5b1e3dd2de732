import { encodeInput, type JsonValue } from './input.ts'
import { createInstance } from './instance.ts'
import { loadModule } from './module.ts'
import { maxFuel, meter } from './wasm/meter.ts'

/** What OPA's JavaScript SDK gives of a module, on this host: a policy that was written against it runs without a change. */
export type LoadedPolicy = {
  /** The number of each entrypoint; either names it. */
  readonly entrypoints: Readonly<Record<string, number>>
  /** The JSON object that policies see as `data`. Throws a RegoError for any other value. */
  setData(data: JsonValue | ArrayBuffer): void
  /**
   * `[{ result }]`, or `[]` where it is undefined. Unlike the SDK's, `null`, `false`, `0` and `""` are inputs, an
   * ArrayBuffer must hold JSON, sets are in Rego's order, and whatever stops the policy is thrown as an Error.
   */
  evaluate(
    input?: JsonValue | ArrayBuffer,
    entrypoint?: string | number,
  ): readonly { readonly result: JsonValue }[]
}

const maxPages = 65_536

/** Loads the `policy.wasm` of a bundle, as the SDK's `loadPolicy` does. Throws a RegoError where it cannot be used. */
export function loadPolicy(wasm: Uint8Array): LoadedPolicy {
  const module = loadModule(meter(wasm))
  const open = (data: Uint8Array) => createInstance(module, { data, maxPages })
  let instance = open(Buffer.from('{}'))
  return {
    entrypoints: Object.fromEntries(module.entrypoints.map((name, index) => [name, index])),
    setData: (data) => {
      instance = open(bytesOf(data))
    },
    evaluate: (input, entrypoint = 0) => {
      const name = typeof entrypoint === 'number' ? module.entrypoints[entrypoint] : entrypoint
      const evaluated = instance.evaluate({
        input: input === undefined ? null : bytesOf(input),
        entrypoint: name ?? String(entrypoint),
        fuel: maxFuel,
        now: BigInt(Date.now()) * 1_000_000n,
      })
      if (evaluated.status === 'failed') throw new Error(evaluated.message)
      return evaluated.status === 'undefined' ? [] : [{ result: JSON.parse(evaluated.text) }]
    },
  }
}

function bytesOf(value: JsonValue | ArrayBuffer): Uint8Array {
  return new Uint8Array(value instanceof ArrayBuffer ? value : encodeInput(value).json)
}
