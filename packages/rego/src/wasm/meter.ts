import { RegoError } from '../rego-error.ts'
import { bodiesOf, functionsOf, localsIn, type Caller } from './functions.ts'
import { noValue, opcodes, skipInstruction } from './instructions.ts'
import { joined, readerOf, signedBytes, unsignedBytes } from './reader.ts'
import {
  headerLength,
  importedBy,
  sectionIds,
  sectionReader,
  sectionsOf,
  tableIn,
} from './sections.ts'
import { stackCharges, type StackCharges } from './stack.ts'

/** The exported global that a metered module counts down; below zero the evaluation has trapped. */
export const fuelExport = 'fuel'
/** The most that one evaluation can be given. */
export const maxFuel = 0x7f_ff_ff_ff

/** The exported global that it counts down while calls that may repeat go deeper; below zero they went too deep. */
export const stackExport = 'stack'

/**
 * The module with a fuel counter: turns of loops and calls cost one each, and trap when none is left, so every evaluation
 * ends, and at the same instruction on every machine. So it does where calls go too deep, long before the engine's own stack ends.
 * Results stay what they were. Equal bytes in, equal bytes out.
 */
export function meter(bytes: Uint8Array): Uint8Array {
  refuseUnfit(bytes)
  const fuel = importedBy(bytes).globals + sectionReader(bytes, sectionIds.globals).unsigned()
  const functions = functionsOf(bytes)
  const charges = stackCharges(functions)
  const sections = sectionsOf(bytes).map(({ id, start, end }) => {
    const content = bytes.subarray(start, end)
    if (id === sectionIds.globals)
      return section(id, extendedBy(content, [global(firstFuel), global(charges.words)]))
    if (id === sectionIds.exports)
      return section(id, extendedBy(content, [exported(fuelExport, fuel), exported(stackExport, fuel + 1)])) // prettier-ignore
    if (id === sectionIds.code) return section(id, meteredCode(bytes, { functions, charges, fuel }))
    return section(id, content)
  })
  // Of what is invalid now, some would be valid with one more global: what sets it, above all.
  if (!WebAssembly.validate(Uint8Array.from(bytes)))
    throw new RegoError('module_invalid', 'the module is not a valid one of WebAssembly')
  return joined([bytes.subarray(0, headerLength), ...sections])
}

function refuseUnfit(bytes: Uint8Array): void {
  const present = new Set(sectionsOf(bytes).map(({ id }) => id))
  const lacking = (['globals', 'exports', 'code'] as const).filter(
    (name) => !present.has(sectionIds[name]),
  )
  if (lacking.length > 0)
    throw new RegoError(
      'module_unsupported',
      `the module has no ${lacking.join(' and no ')}: it is not one that OPA made`,
    )
  refuseRoom(bytes)
  const taken = exportNames(bytes).find((name) => name === fuelExport || name === stackExport)
  if (taken !== undefined)
    throw new RegoError(
      'already_metered',
      `the module exports ${taken} already: it has been metered before`,
    )
}

/** A thousand times what OPA needs, and nothing beside the memory that the host gives and bounds. */
const maxTable = 65_536

function refuseRoom(bytes: Uint8Array): void {
  if (sectionReader(bytes, sectionIds.memories).unsigned() > 0)
    throw new RegoError('module_unsupported', 'the module has a memory of its own')
  const reader = sectionReader(bytes, sectionIds.tables)
  const count = reader.unsigned()
  if (count > 1 || (count === 1 && tableIn(reader) > maxTable))
    throw new RegoError(
      'module_unsupported',
      `the module has more than one table, or one of more than ${maxTable} entries`,
    )
}

function exportNames(bytes: Uint8Array): readonly string[] {
  const reader = sectionReader(bytes, sectionIds.exports)
  return Array.from({ length: reader.unsigned() }, () => {
    const name = reader.name()
    reader.skip(1)
    reader.skipNumber()
    return name
  })
}

/** 2²⁶: a module starts and lists its entrypoints with much less, and one that never ends does. */
const firstFuel = 0x0400_0000

/** A mutable i32. */
function global(value: number): Uint8Array {
  return Uint8Array.of(0x7f, 0x01, ...constant(value), opcodes.end)
}

function exported(text: string, global: number): Uint8Array {
  const name = new TextEncoder().encode(text)
  return Uint8Array.of(...unsignedBytes(name.length), ...name, 0x03, ...unsignedBytes(global))
}

const [add, subtract, isLess] = [0x6a, 0x6b, 0x48]

function constant(value: number): readonly number[] {
  return [0x41, ...signedBytes(value)]
}

function get(global: number): readonly number[] {
  return [0x23, ...unsignedBytes(global)]
}

/** `global += by` or `global -= by`. */
function changed(global: number, operation: number, by: number): readonly number[] {
  return [...get(global), ...constant(by), operation, 0x24, ...unsignedBytes(global)]
}

/** `global -= by; if (global < 0) unreachable`. */
function taken(global: number, by: number): Uint8Array {
  const trap = [opcodes.if, noValue, opcodes.unreachable, opcodes.end]
  return Uint8Array.of(
    ...changed(global, subtract, by),
    ...get(global),
    ...constant(0),
    isLess,
    ...trap,
  )
}

function section(id: number, content: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(id, ...unsignedBytes(content.length)), content])
}

/** A vector of the binary format with more elements at its end. */
function extendedBy(content: Uint8Array, elements: readonly Uint8Array[]): Uint8Array {
  const reader = readerOf(content, 0)
  const count = reader.unsigned() + elements.length
  return joined([Uint8Array.from(unsignedBytes(count)), content.subarray(reader.at()), ...elements])
}

type Plan = {
  readonly functions: readonly Caller[]
  readonly charges: StackCharges
  /** The global of fuel; the one of the stack is the next. */
  readonly fuel: number
}

function meteredCode(bytes: Uint8Array, { functions, charges, fuel }: Plan): Uint8Array {
  const bodies = bodiesOf(sectionReader(bytes, sectionIds.code))
  const burned = taken(fuel, 1)
  const first = importedBy(bytes).functions.length
  const parts = bodies.flatMap((body, at) => {
    const [called, charge = 0] = [functions[first + at], charges.ofFunctions[first + at]]
    const isCaller = called !== undefined && called.calls.length + called.tables.length > 0
    const metered = meteredBody(body, {
      atLoop: burned,
      atStart: isCaller ? burned : nothing,
      counted: charge === 0 ? null : countedBy(charge, fuel + 1, called?.blockType ?? noValue),
    })
    return [Uint8Array.from(unsignedBytes(metered.length)), metered]
  })
  return joined([Uint8Array.from(unsignedBytes(bodies.length)), ...parts])
}

const nothing = new Uint8Array()

/** What stands around a body, and before each way out of it, so that the stack that it takes is counted. */
type Counted = { readonly enter: Uint8Array; readonly leave: Uint8Array }

function countedBy(charge: number, stack: number, blockType: number): Counted {
  return {
    enter: joined([taken(stack, charge), Uint8Array.of(opcodes.block, blockType)]),
    leave: Uint8Array.from(changed(stack, add, charge)),
  }
}

type Metering = {
  readonly atLoop: Uint8Array
  readonly atStart: Uint8Array
  readonly counted: Counted | null
}

/**
 * Burns at the head of each loop, and at the start of a function that calls others: with loops alone, a turn may cost a
 * hundred times another one, and calls that fan out cost nothing. A function that calls none costs little and ends.
 * One whose calls may come back to it becomes a block: a branch out of the function is one out of the block.
 */
function meteredBody(body: Uint8Array, { atLoop, atStart, counted }: Metering): Uint8Array {
  const reader = readerOf(body, 0)
  localsIn(reader)
  const start = reader.at()
  const parts: Uint8Array[] = []
  let copied = start
  const put = (bytes: Uint8Array, at: number): void => {
    parts.push(body.subarray(copied, at), bytes)
    copied = at
  }
  while (!reader.isAtEnd()) {
    const at = reader.at()
    const opcode = skipInstruction(reader)
    if (opcode === opcodes.loop) put(atLoop, reader.at())
    if (opcode === opcodes.return && counted !== null) put(counted.leave, at)
  }
  const rest = body.subarray(copied)
  const begin = [body.subarray(0, start), atStart]
  if (counted === null) return joined([...begin, ...parts, rest])
  return joined([
    ...begin,
    counted.enter,
    ...parts,
    rest,
    counted.leave,
    Uint8Array.of(opcodes.end),
  ])
}
