import type { Host } from '../host.ts'
import { jsonOf } from '../values/json.ts'
import { readValue } from '../values/read.ts'
import { isObject, isSet, type RegoValue } from '../values/value.ts'

/** The answer in a module's result set, `{{"result": …}}` or `set()`, as JSON; undefined where it has none. */
export function resultText({ abi, values }: Host, results: number): string | undefined {
  const value = values?.resultIn(results)
  if (value === 0) return undefined
  const address = value === undefined ? 0 : (values?.write(value) ?? 0)
  if (address !== 0) return abi.textAt(address)
  const result = resultIn(dumped(abi, results))
  return result === undefined ? undefined : jsonOf(result)
}

/** All that is in a result set, as a JSON array. */
export function resultsText({ abi, values }: Host, results: number): string {
  const address = values?.write(results) ?? 0
  return address === 0 ? jsonOf(dumped(abi, results)) : abi.textAt(address)
}

function dumped({ module, textAt }: Host['abi'], results: number): RegoValue {
  return readValue(textAt(module.opa_value_dump(results)))
}

function resultIn(results: RegoValue): RegoValue | undefined {
  const [first = null] = isSet(results) ? results.set : []
  if (first === null || !isObject(first)) return undefined
  return first.members.find(([name]) => name === 'result')?.[1]
}
