import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBundle } from '../bundle/bundle.ts'
import { RegoError } from '../rego-error.ts'
import { meter } from './meter.ts'
import { dataEndOf, importedBy, sectionsOf } from './sections.ts'

function compiled(name: string): Uint8Array {
  const bundle = readFileSync(new URL(`../fixtures/${name}.tar.gz`, import.meta.url))
  return readBundle(bundle).get('policy.wasm') ?? new Uint8Array()
}

const head = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

/** A module of one function `run` with this body, and one global. */
function tiny(body: readonly number[], { globals = true } = {}): Uint8Array {
  const code = [0x00, ...body, 0x0b]
  const sections = [
    [0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
    [0x03, 0x02, 0x01, 0x00],
    globals ? [0x06, 0x06, 0x01, 0x7f, 0x01, 0x41, 0x00, 0x0b] : [],
    [0x07, 0x07, 0x01, 0x03, 0x72, 0x75, 0x6e, 0x00, 0x00],
    [0x0a, code.length + 2, 0x01, code.length, ...code],
  ]
  return Uint8Array.from([head, ...sections].flat())
}

/** With one more section, at its place. */
function withSection(bytes: Uint8Array, id: number, content: readonly number[]): Uint8Array {
  const after = sectionsOf(bytes).find((section) => section.id > id)
  const at = (after?.start ?? bytes.length + 2) - 2
  return Uint8Array.of(
    ...bytes.subarray(0, at),
    id,
    content.length,
    ...content,
    ...bytes.subarray(at),
  )
}

test('a metered module is a valid one, and the same bytes each time', () => {
  const metered = meter(compiled('cases'))
  expect(WebAssembly.validate(metered)).toBe(true)
  expect(Buffer.compare(metered, meter(compiled('cases')))).toBe(0)
})

test('a loop costs one unit a turn, and traps when none is left', () => {
  const endless = [0x03, 0x40, 0x0c, 0x00, 0x0b]
  const { fuel, run } = started(meter(tiny(endless)))
  fuel.value = 1000
  expect(run).toThrow(WebAssembly.RuntimeError)
  expect(fuel.value).toBe(-1)
})

test('a function that calls costs one unit a call, so calls that fan out end too', () => {
  const itself = [0x10, 0x00, 0x10, 0x00]
  const { fuel, run } = started(meter(tiny(itself)))
  fuel.value = 100
  expect(run).toThrow(WebAssembly.RuntimeError)
  expect(fuel.value).toBe(-1)
})

test('code that neither loops nor calls costs nothing', () => {
  const { fuel, run } = started(meter(tiny([0x41, 0x2a, 0x1a])))
  fuel.value = 0
  run()
  expect(fuel.value).toBe(0)
})

test('instructions with immediates of every shape are gone past', () => {
  const body = [
    [0x41, 0xff, 0xff, 0xff, 0xff, 0x07, 0x1a], // i32.const of five bytes, drop
    [0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f, 0x1a], // i64.const of ten
    [0x43, 0x03, 0x03, 0x03, 0x03, 0x1a], // f32.const whose bytes look like loops
    [0x44, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x03, 0x1a],
    [0x02, 0x40, 0x41, 0x00, 0x0e, 0x01, 0x00, 0x00, 0x0b], // br_table
    [0x41, 0x01, 0x41, 0x02, 0x41, 0x00, 0x1c, 0x01, 0x7f, 0x1a], // select with a type
    [0x43, 0x00, 0x00, 0x00, 0x00, 0xfc, 0x00, 0x1a], // i32.trunc_sat_f32_s
    [0x03, 0x40, 0x0b], // one loop, one turn
  ].flat()
  const { fuel, run } = started(meter(tiny(body)))
  fuel.value = 5
  run()
  expect(fuel.value).toBe(4)
})

function started(bytes: Uint8Array): { fuel: WebAssembly.Global; run: () => void } {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {})
  const { fuel, run } = exports
  if (!(fuel instanceof WebAssembly.Global) || typeof run !== 'function') throw new Error('exports')
  return { fuel, run: () => void Reflect.apply(run, undefined, []) }
}

const refused: readonly (readonly [string, Uint8Array, string, RegExp])[] = [
  ['text', Buffer.from('(module)'), 'module_invalid', /not a WebAssembly module/],
  ['nothing', new Uint8Array(), 'module_invalid', /not a WebAssembly module/],
  [
    'a module without sections',
    Uint8Array.from(head),
    'module_unsupported',
    /no globals and no exports and no code/,
  ],
  ['a module without globals', tiny([], { globals: false }), 'module_unsupported', /no globals/],
  ['a section that is cut', tiny([]).subarray(0, 20), 'module_invalid', /ends too early/],
  ['an unknown instruction', tiny([0xfd, 0x0c]), 'module_unsupported', /instruction 0xfd/],
  ['an unknown bulk instruction', tiny([0xfc, 0x20]), 'module_unsupported', /instruction 0xfc 32/],
  ['exceptions', tiny([0x06, 0x40, 0x0b]), 'module_unsupported', /instruction 0x06/],
  [
    'memory that is filled in one step',
    tiny([0xfc, 0x0b, 0x00]),
    'module_unsupported',
    /instruction 0xfc 11/,
  ],
  ['a table that grows', tiny([0xfc, 0x0f, 0x00]), 'module_unsupported', /instruction 0xfc 15/],
  [
    'an address in another memory, whose offset would be read as code',
    tiny([0x28, 0x42, 0x00, 0x41, 0x1a]),
    'module_unsupported',
    /another memory/,
  ],
  [
    'a loop that gives a reference',
    tiny([0x03, 0x63, 0x41, 0x0b]),
    'module_unsupported',
    /type 0x63/,
  ],
  [
    'a loop of a type that is declared elsewhere',
    tiny([0x03, 0x00, 0x0b]),
    'module_unsupported',
    /type 0x00/,
  ],
  [
    'a choice between references',
    tiny([0x1c, 0x01, 0x63, 0x41]),
    'module_unsupported',
    /type 0x63/,
  ],
  [
    'code that sets the global that is added',
    tiny([0x41, 0x05, 0x24, 0x01]),
    'module_invalid',
    /not a valid one/,
  ],
  ['code that ends in the middle', tiny([0x0b]), 'module_invalid', /not a valid one/],
  [
    'a memory of its own',
    withSection(tiny([]), 5, [0x01, 0x00, 0x01]),
    'module_unsupported',
    /memory of its own/,
  ],
  [
    'two tables',
    withSection(tiny([]), 4, [0x02, 0x70, 0x00, 0x01, 0x70, 0x00, 0x01]),
    'module_unsupported',
    /more than one table/,
  ],
  [
    'a table of ten million entries',
    withSection(tiny([]), 4, [0x01, 0x70, 0x00, 0x80, 0xad, 0xe2, 0x04]),
    'module_unsupported',
    /65536 entries/,
  ],
  ['a metered module', meter(tiny([])), 'already_metered', /metered before/],
]

test.each(refused)('%s: refused', (_, bytes, code, message) => {
  expect(() => meter(bytes)).toThrow(expect.objectContaining({ code }))
  expect(() => meter(bytes)).toThrow(message)
})

test('whatever is changed in a module, it is metered or refused by name', () => {
  const bytes = compiled('missing')
  const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }))
  fc.assert(
    fc.property(change, ([at, byte]) => {
      try {
        return meter(bytes.with(at, byte)).length > 0
      } catch (thrown) {
        return thrown instanceof RegoError
      }
    }),
    { numRuns: 200 },
  )
})

test('where data ends is read from its segments: it may be beyond what a module asks for', () => {
  expect(importedBy(compiled('cases'))).toMatchObject({
    globals: 0,
    memory: { minimum: 2, maximum: null },
  })
  const segment = (address: readonly number[]): readonly number[] => [
    0x00,
    0x41,
    ...address,
    0x0b,
    0x02,
    0x01,
    0x02,
  ]
  const passive = [0x01, 0x01, 0x00]
  const content = [0x03, ...segment([0x80, 0x80, 0x14]), ...passive, ...segment([0x00])]
  expect(dataEndOf(Uint8Array.of(...head, 0x0b, content.length, ...content))).toBe(5 * 65_536 + 2)
})
