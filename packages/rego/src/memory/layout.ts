import type { Host } from '../host.ts'
import { jsonOf } from '../values/json.ts'
import { readValue } from '../values/read.ts'

const sample =
  '{"":null,"a":[true,false,[]],"b":{},"c":-1.50,"d":"text","e":"é\\"\\n","f":{"g":{"h":[1,2]}},"i":0}'
/** Rego's notation, out of order, and what it is as JSON. */
const [sets, inOrder] = [
  '[{"b", null, "a", {"k": 2}, [1]}, set()]',
  '[[null,"a","b",[1],{"k":2}],[]]',
]
const fuel = 10_000

/**
 * Whether values lie in the module's memory as this host takes them to: what the module reads the host writes, and the other
 * way round. OPA promises its functions, not what it makes of memory.
 */
export function hasKnownLayout(host: Host): boolean {
  const { abi, values } = host
  if (values === null) return false
  const bytes = { sample: Buffer.from(sample), sets: Buffer.from(sets) }
  try {
    host.begin({ fuel, now: 0n, seed: 0n, strict: false })
    const ours = values.read(bytes.sample)
    const theirs = abi.module.opa_value_parse(abi.place(bytes.sets), bytes.sets.byteLength)
    return (
      jsonOf(readValue(abi.textAt(abi.module.opa_value_dump(ours)))) === sample &&
      abi.textAt(values.write(ours)) === sample &&
      abi.textAt(values.write(theirs)) === inOrder
    )
  } catch {
    return false
  }
}
