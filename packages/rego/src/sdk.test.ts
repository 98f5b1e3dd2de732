import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readBundle } from './bundle/bundle.ts'
import { createHost } from './host.ts'
import { policyOver } from './sdk.ts'
import { maxFuel, meter } from './wasm/meter.ts'

const bundle = readFileSync(new URL('fixtures/cases.tar.gz', import.meta.url))
const module = new WebAssembly.Module(meter(readBundle(bundle).get('policy.wasm') ?? bundle))

test('text that the module’s own parser refuses is thrown, never taken for no input', () => {
  const host = createHost(module, { initial: 4, maximum: 16 })
  host.begin(maxFuel, 0n)
  const policy = policyOver(host)
  const broken = new Uint8Array(Buffer.from('{"a"')).buffer
  expect(() => policy.evaluate(broken, 'cases/greeting')).toThrow('failed to parse json value')
})
