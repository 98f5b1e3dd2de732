import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readBundle } from './bundle/bundle.ts'
import { loadModule } from './module.ts'
import { meter } from './wasm/meter.ts'

const bundle = readFileSync(new URL('fixtures/cases.tar.gz', import.meta.url))
const sound = Buffer.from(meter(readBundle(bundle).get('policy.wasm') ?? new Uint8Array()))

/** The sound module with a name in it spelt otherwise, at the same length. */
function renamed(from: string, to: string): Buffer {
  return Buffer.from(sound.toString('latin1').replaceAll(from, to), 'latin1')
}

test('the module that the hostile ones are made from loads', () => {
  expect(loadModule(sound).entrypoints).toContain('cases/greeting')
})

test.each([1, 4, 7, 9, 100, 10_000, sound.length - 1])('cut after %i bytes, it is invalid', (n) => {
  expect(() => loadModule(sound.subarray(0, n))).toThrow(
    expect.objectContaining({ code: 'module_invalid' }),
  )
})

test.each([
  ['an import that no OPA module has', renamed('opa_abort', 'opa_abord'), /env\.opa_abord/],
  ['no opa_malloc', renamed('opa_malloc', 'opa_mallox'), /does not export .*opa_malloc/],
])('%s is refused, and named', (_, bytes, words) => {
  expect(() => loadModule(bytes)).toThrow(
    expect.objectContaining({ code: 'module_unsupported', message: expect.stringMatching(words) }),
  )
})
