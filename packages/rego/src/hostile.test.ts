import { expect, test } from 'vitest'
import { assembled, constant, type Made, type Parts } from './fixtures/assemble.ts'
import { casesInstance } from './fixtures/cases.ts'
import { encodeInput } from './input.ts'
import { createInstance, type Evaluated } from './instance.ts'
import { loadModule } from './module.ts'
import { RegoError } from './rego-error.ts'
import { meter } from './wasm/meter.ts'
import { unsignedBytes } from './wasm/reader.ts'

const i64 = 0x7e
const f64 = 0x7c
const end = 0x0b
const local0 = [0x20, 0x00]
const addressOfBuiltins = 1024
const addressOfEntrypoints = 2048
const addressOfResults = 4096

function gives(code: readonly number[], params = 0, type?: number): Made {
  return { params, results: 1, code, ...(type === undefined ? {} : { type }) }
}

function does(code: readonly number[], params = 0): Made {
  return { params, results: 0, code }
}

/** Blocks behind each other, each with a branch out of it. */
function blocks(count: number): readonly number[] {
  return Array.from({ length: count }, () => [0x02, 0x40, ...constant(0), 0x0d, 0x00, end]).flat()
}

function holding(count: number, code: readonly number[]): readonly number[] {
  const [held, added] = [constant(1), 0x6a]
  const before = Array.from({ length: count }, () => held).flat()
  return [...before, ...code, ...Array.from({ length: count }, () => added)]
}

const forEver = [0x03, 0x40, 0x0c, 0x00, end]
/** A bump allocator: its global is the fourth. */
const malloc = [0x23, 0x02, 0x23, 0x02, ...local0, 0x6a, 0x24, 0x02]

/** As little as passes for a module of OPA: every value is the text that stands at its address, and no rule has a result. */
const honest: Parts = {
  functions: {
    builtins: gives(constant(addressOfBuiltins)),
    entrypoints: gives(constant(addressOfEntrypoints)),
    eval: gives([...constant(0)], 1),
    opa_eval_ctx_get_result: gives(constant(addressOfResults), 1),
    opa_eval_ctx_new: gives(constant(8192)),
    opa_eval_ctx_set_data: does([], 2),
    opa_eval_ctx_set_entrypoint: does([], 2),
    opa_eval_ctx_set_input: does([], 2),
    opa_heap_ptr_get: gives([0x23, 0x02]),
    opa_heap_ptr_set: does([...local0, 0x24, 0x02], 1),
    opa_json_dump: gives(local0, 1),
    opa_json_parse: gives(local0, 2),
    opa_malloc: gives(malloc, 1),
    opa_value_dump: gives(local0, 1),
    opa_value_parse: gives(local0, 2),
  },
  globals: { opa_wasm_abi_version: 1, opa_wasm_abi_minor_version: 3, heap: 16_384 },
  pages: 16,
  texts: [
    [addressOfBuiltins, '{}\0'],
    [addressOfEntrypoints, '{"p/r":0}\0'],
    [addressOfResults, 'set()\0'],
  ],
}

function withFunction(name: string, made: Made): Parts {
  return withFunctions({ [name]: made })
}

function withFunctions(made: Parts['functions']): Parts {
  return { ...honest, functions: { ...honest.functions, ...made } }
}

function without(name: string): Parts {
  const functions = Object.entries(honest.functions).filter(([other]) => other !== name)
  return { ...honest, functions: Object.fromEntries(functions) }
}

function saying(address: number, text: string): Parts {
  return {
    ...honest,
    texts: [...honest.texts.filter(([other]) => other !== address), [address, text]],
  }
}

const fuel = 100_000

function evaluated(parts: Parts): Evaluated {
  const module = loadModule(meter(assembled(parts)))
  const instance = createInstance(module, { data: Buffer.from('{}'), maxPages: 64 })
  const asked = { input: encodeInput({ a: 1 }), entrypoint: 'p/r', fuel, now: 0n }
  return instance.evaluate(asked)
}

/** Everybody else in the house is served as before. */
function expectOthersServed(): void {
  const input = encodeInput({ name: 'Ada' })
  const answer = casesInstance().evaluate({ input, entrypoint: 'cases/greeting', fuel, now: 0n })
  expect(answer).toMatchObject({ status: 'defined', text: '"Good day, Ada"' })
}

test('a module that only passes for one of OPA is undefined, which denies', () => {
  expect(evaluated(honest)).toMatchObject({ status: 'undefined' })
})

/** Functions each of which calls the next. */
function chain(length: number, locals = 0): Parts['functions'] {
  const first = Object.keys(honest.functions).length
  const links = Array.from({ length }, (_, link): readonly [string, Made] => {
    const next = [0x10, ...unsignedBytes(first + link + 1)]
    return [`link${link}`, { ...does(link + 1 < length ? next : []), locals }]
  })
  return Object.fromEntries(links)
}

test('large functions in a row take of the stack only where they are called: a long row is no matter, and is too deep', () => {
  const row = chain(100, 1_000)
  expect(evaluated(withFunctions(row))).toMatchObject({ status: 'undefined' })
  const first = unsignedBytes(Object.keys(honest.functions).length)
  const called = gives([0x10, ...first, ...constant(0)], 1)
  const evaluating = evaluated(withFunctions({ eval: called, ...row }))
  expect(evaluating).toMatchObject({ status: 'failed', reason: 'too_deep' })
})

const refused: readonly (readonly [string, Parts, string])[] = [
  ['its list of entrypoints is no JSON', saying(addressOfEntrypoints, '{"p/r":\0'), 'module_invalid'],
  ['its list of entrypoints never ends', saying(addressOfEntrypoints, '{"p/r":0}x'), 'module_invalid'],
  ['its list of entrypoints lies outside of its memory', withFunction('entrypoints', gives(constant(0x3fff_0000))), 'module_invalid'],
  ['its list of entrypoints never comes', withFunction('entrypoints', gives([...forEver, 0x00])), 'module_invalid'],
  ['its list of entrypoints is a number', saying(addressOfEntrypoints, '7\0'), 'module_invalid'],
  ['its entrypoints have texts for numbers', saying(addressOfEntrypoints, '{"p/r":"first"}\0'), 'module_invalid'],
  ['its entrypoints have one number', saying(addressOfEntrypoints, '{"p/q":0,"p/r":0}\0'), 'module_invalid'],
  ['its list of builtins is a list', saying(addressOfBuiltins, '["count"]\0'), 'module_invalid'],
  ['it asks for a builtin that nobody has', saying(addressOfBuiltins, '{"acme.lookup":0}\0'), 'builtin_missing'],
  ['it asks for what is excluded', saying(addressOfBuiltins, '{"http.send":0}\0'), 'builtin_missing'],
  ['it does not export a function of the ABI', without('opa_value_dump'), 'module_unsupported'],
  ['it exports its memory under the name of a function', { ...honest, exports: { eval: [0x02, 0] } }, 'module_unsupported'],
  ['it exports a global under the name of a function', { ...honest, exports: { eval: [0x03, 0] } }, 'module_unsupported'],
  ['it exports a function for the version of its ABI', { ...honest, exports: { opa_wasm_abi_version: [0x00, 0] } }, 'module_unsupported'],
  ['its ABI is of another version', { ...honest, globals: { ...honest.globals, opa_wasm_abi_version: 2 } }, 'module_unsupported'],
  ['it brings a fuel of its own', { ...honest, globals: { ...honest.globals, fuel: 9 } }, 'already_metered'],
  ['it imports what no host gives', { ...honest, imports: [['opa_abord', 0x00, 0x00]] }, 'module_unsupported'],
  ['it imports a global for a function', { ...honest, imports: [['opa_abort', 0x03, 0x7f, 0x00]] }, 'module_invalid'],
  ['it wants a memory of four gigabytes', { ...honest, pages: 65_536 }, 'module_unsupported'],
  ['its data lie beyond any memory', { ...honest, texts: [...honest.texts, [0x3fff_ffff, 'x']] }, 'module_unsupported'],
  ['it never starts', { ...withFunction('endless', does(forEver)), start: 'endless' }, 'module_invalid'],
  ['its functions call each other four thousand deep', withFunctions(chain(4_000)), 'module_unsupported'],
  ['it has nine thousand variables in twenty thousand blocks', withFunction('wide', { ...does(blocks(20_000)), locals: 9_000 }), 'module_unsupported'],
  ['it holds twenty thousand operands in ten thousand blocks', withFunction('high', gives(holding(20_000, [...blocks(10_000), ...constant(0)]))), 'module_unsupported'],
  ['its functions give two values', withFunction('pair', { ...gives([...constant(0), ...constant(0)]), results: 2 }), 'module_unsupported'],
  ['it starts by calling itself', { ...withFunction('itself', does([0x10, 0x0f])), start: 'itself' }, 'module_invalid'],
  ['what it says where data go is outside of its memory', withFunction('opa_malloc', gives(constant(0x3fff_0000), 1)), 'data_invalid'],
] // prettier-ignore

test.each(refused)('%s: refused, and named', (_, parts, code) => {
  expect(() => evaluated(parts)).toThrow(RegoError)
  expect(() => evaluated(parts)).toThrow(expect.objectContaining({ code }))
  expectOthersServed()
})

/** What `eval` begins with when it calls itself: it is the third of the functions. */
const itself = [...local0, 0x10, 0x02]
/** It calls the first function in the table that is of its own type. */
const byTable = [...local0, ...constant(0), 0x11, 0x02, 0x00]

const failing: readonly (readonly [string, Parts, string])[] = [
  ['it never ends', withFunction('eval', gives([...forEver, 0x00], 1)), 'out_of_fuel'],
  ['it calls itself for ever', withFunction('eval', gives(itself, 1)), 'too_deep'],
  ['it calls itself out of a block, and returns', withFunction('eval', gives([0x02, 0x7f, ...itself, 0x0f, end], 1)), 'too_deep'],
  ['it calls itself with nine thousand locals', withFunction('eval', { ...gives(itself, 1), locals: 9_000 }), 'too_deep'],
  ['it calls itself with four thousand operands', withFunction('eval', gives(holding(4_000, itself), 1)), 'too_deep'],
  ['it calls itself by its table', { ...withFunction('eval', gives(byTable, 1)), table: ['eval'] }, 'too_deep'],
  ['it calls itself by its table and by others', { ...withFunctions({ eval: gives([...local0, 0x10, 0x0f], 1), other: { ...gives(byTable, 1), locals: 500 } }), table: ['eval'] }, 'too_deep'],
  ['it turns by a table of branches', withFunction('eval', gives([0x03, 0x40, ...local0, 0x0e, 0x01, 0x00, 0x00, end, 0x00], 1)), 'out_of_fuel'],
  ['it cannot be carried out', withFunction('eval', gives([0x00], 1)), 'trapped'],
  ['it divides by zero', withFunction('eval', gives([...constant(1), ...constant(0), 0x6d], 1)), 'trapped'],
  ['it wants a number of 64 bits', withFunction('opa_eval_ctx_new', gives([0x42, 0x01], 0, i64)), 'trapped'],
  ['it writes outside of its memory', withFunction('eval', gives([...constant(0x3fff_0000), ...constant(1), 0x36, 0x02, 0x00, ...constant(0)], 1)), 'trapped'],
  ['its result is no value', saying(addressOfResults, '{{"result": \0'), 'trapped'],
  ['its result is nested without end', saying(addressOfResults, `${'['.repeat(200_000)}\0`), 'trapped'],
  ['its result lies outside of its memory', withFunction('opa_eval_ctx_get_result', gives(constant(0x3fff_0000), 1)), 'trapped'],
] // prettier-ignore

test.each(failing)('%s: an evaluation that failed, never a result', (_, parts, reason) => {
  expect(evaluated(parts)).toMatchObject({ status: 'failed', reason })
  expectOthersServed()
})

test.each([
  ['an address that is no number', f64, [0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f]],
  ['an address that is infinite', f64, [0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f]],
])('%s for its result is none', (_, type, code) => {
  const { status } = evaluated(withFunction('opa_eval_ctx_get_result', gives(code, 1, type)))
  expect(status).not.toBe('defined')
  expectOthersServed()
})

test.each([
  ['lists', '[', ']'],
  ['objects', '{"a":', '}'],
])(
  '%s in each other end an evaluation at the same depth, long before the stack does',
  (_, open, close) => {
    const answer = (depth: number): Evaluated => {
      const input = Buffer.from(`${open.repeat(depth)}1${close.repeat(depth)}`)
      return casesInstance().evaluate({
        input,
        entrypoint: 'cases/echo',
        fuel: 100_000_000,
        now: 0n,
      })
    }
    expect(answer(250)).toMatchObject({ status: 'defined' })
    expect(answer(100_000)).toMatchObject({ status: 'failed', reason: 'too_deep' })
    expectOthersServed()
  },
)

/** It would call itself, the sixteenth function, if it were given anything but 0. */
const leaving: readonly (readonly [string, readonly number[]])[] = [
  ['by a return', [...local0, 0x45, 0x04, 0x40, ...constant(0), 0x0f, end, ...local0, 0x10, 0x0f]],
  ['by a branch', [...local0, 0x45, 0x04, 0x40, ...constant(0), 0x0c, 0x01, end, ...local0, 0x10, 0x0f]],
  ['at its end', [...local0, 0x04, 0x7f, ...local0, 0x10, 0x0f, 0x05, ...constant(0), end]],
] // prettier-ignore

test.each(leaving)('a function that is left %s gives back what it took of the stack', (_, code) => {
  const called = [...constant(0), 0x10, 0x0f, 0x1a]
  const again = [
    0x20,
    0x01,
    ...constant(1),
    0x6a,
    0x22,
    0x01,
    ...constant(20_000),
    0x49,
    0x0d,
    0x00,
  ]
  const turns = [0x03, 0x40, ...called, ...again, end, ...constant(0)]
  const parts = withFunctions({ eval: { ...gives(turns, 1), locals: 1 }, other: gives(code, 1) })
  expect(evaluated(parts)).toMatchObject({ status: 'undefined' })
})

test('memory that grows without end stops at what it may have', () => {
  const grow = [...constant(1), 0x40, 0x00, 0x1a, 0x0c, 0x00]
  const parts = withFunction('eval', gives([0x03, 0x40, ...grow, end, 0x00], 1))
  expect(evaluated(parts)).toMatchObject({ status: 'failed', reason: 'out_of_fuel' })
})
