import { RegoError } from '../rego-error.ts'
import { callOpcodes, loopOpcode, skipInstruction, skipValueType } from './instructions.ts'
import { joined, readerOf, unsignedBytes, type Reader } from './reader.ts'
import {
  headerLength,
  importedBy,
  sectionIds,
  sectionReader,
  sectionsOf,
  tableIn,
} from './sections.ts'

/** The exported global that a metered module counts down; below zero the evaluation has trapped. */
export const fuelExport = 'fuel'
/** The most that one evaluation can be given. */
export const maxFuel = 0x7f_ff_ff_ff

/**
 * The module with a fuel counter: turns of loops and calls cost one each, and trap when none is left, so every evaluation
 * ends, and at the same instruction on every machine. Results stay what they were. Equal bytes in, equal bytes out.
 */
export function meter(bytes: Uint8Array): Uint8Array {
  refuseUnfit(bytes)
  const ownGlobals = sectionReader(bytes, sectionIds.globals).unsigned()
  const fuel = importedBy(bytes).globals + ownGlobals
  const sections = sectionsOf(bytes).map(({ id, start, end }) => {
    const content = bytes.subarray(start, end)
    if (id === sectionIds.globals) return section(id, extendedBy(content, fuelGlobal))
    if (id === sectionIds.exports) return section(id, extendedBy(content, fuelExported(fuel)))
    if (id === sectionIds.code) return section(id, meteredCode(content, burn(fuel)))
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
  if (exportNames(bytes).includes(fuelExport))
    throw new RegoError(
      'already_metered',
      `the module exports ${fuelExport} already: it has been metered before`,
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

/** A mutable i32 that starts with 2²⁶: a module starts and lists its entrypoints with much less, and one that never ends does. */
const fuelGlobal = Uint8Array.of(0x7f, 0x01, 0x41, 0x80, 0x80, 0x80, 0x20, 0x0b)

function fuelExported(fuel: number): Uint8Array {
  const name = new TextEncoder().encode(fuelExport)
  return Uint8Array.of(...unsignedBytes(name.length), ...name, 0x03, ...unsignedBytes(fuel))
}

/** `fuel -= 1; if (fuel < 0) unreachable`. */
function burn(fuel: number): Uint8Array {
  const index = unsignedBytes(fuel)
  const [get, set] = [0x23, 0x24]
  const decrement = [get, ...index, 0x41, 0x01, 0x6b, set, ...index]
  const trapIfNegative = [get, ...index, 0x41, 0x00, 0x48, 0x04, 0x40, 0x00, 0x0b]
  return Uint8Array.of(...decrement, ...trapIfNegative)
}

function section(id: number, content: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(id, ...unsignedBytes(content.length)), content])
}

/** A vector of the binary format with one more element at its end. */
function extendedBy(content: Uint8Array, element: Uint8Array): Uint8Array {
  const reader = readerOf(content, 0)
  const count = reader.unsigned()
  const elements = content.subarray(reader.at())
  return joined([Uint8Array.from(unsignedBytes(count + 1)), elements, element])
}

function meteredCode(content: Uint8Array, burned: Uint8Array): Uint8Array {
  const reader = readerOf(content, 0)
  const count = reader.unsigned()
  const parts: Uint8Array[] = [Uint8Array.from(unsignedBytes(count))]
  for (let left = count; left > 0; left--) {
    const length = reader.unsigned()
    const body = meteredBody(content.subarray(reader.at(), reader.at() + length), burned)
    reader.skip(length)
    parts.push(Uint8Array.from(unsignedBytes(body.length)), body)
  }
  return joined(parts)
}

/**
 * Burns at the head of each loop, and at the start of a function that calls others: with loops alone, a turn may cost a
 * hundred times another one, and calls that fan out cost nothing. A function that calls none costs little and ends.
 */
function meteredBody(body: Uint8Array, burned: Uint8Array): Uint8Array {
  const reader = readerOf(body, 0)
  skipLocals(reader)
  const start = reader.at()
  const parts: Uint8Array[] = []
  let copied = start
  let isCaller = false
  while (!reader.isAtEnd()) {
    const opcode = skipInstruction(reader)
    isCaller ||= callOpcodes.includes(opcode)
    if (opcode !== loopOpcode) continue
    parts.push(body.subarray(copied, reader.at()), burned)
    copied = reader.at()
  }
  const entry = isCaller ? [burned] : []
  return joined([body.subarray(0, start), ...entry, ...parts, body.subarray(copied)])
}

function skipLocals(reader: Reader): void {
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.skipNumber() // how many
    skipValueType(reader)
  }
}
