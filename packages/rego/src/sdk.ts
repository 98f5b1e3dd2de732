import * as sdk from '@open-policy-agent/opa-wasm'
import type { Host } from './host.ts'

/** OPA's own loader over an instance of ours: it lays out data, input and result in the module's memory. */
export type LoadedPolicy = {
  setData(json: ArrayBuffer): void
  /** What the module's result set holds: an array with one `{result}`, or none. Throws whatever stopped the module. */
  evaluate(json: ArrayBuffer, entrypoint: string): unknown
}

/** The package's types name its class as an export; its code has it on the default export only. */
const exported: Pick<typeof sdk, 'LoadedPolicy'> = Reflect.get(sdk, 'default')

/**
 * The ABI version to let the SDK believe in. From 1.2 on it does not look whether the module could read the input, and
 * evaluates without any: a rule that denies for what it sees would then allow. On its older path that is thrown.
 */
const minorVersion = 1

export function policyOver({ instance, memory }: Host): LoadedPolicy {
  const policy = new exported.LoadedPolicy(instance, memory, minorVersion)
  return {
    setData: (json) => policy.setData(json),
    evaluate: (json, entrypoint) => {
      const results: unknown = policy.evaluate(json, entrypoint)
      return results
    },
  }
}
