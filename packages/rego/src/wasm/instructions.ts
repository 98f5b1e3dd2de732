import { RegoError } from '../rego-error.ts'
import type { Reader } from './reader.ts'

export const opcodes = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
} as const
/** The type of a block that gives no value. */
export const noValue = 0x40

/** Goes past what follows an opcode. */
type Skip = (reader: Reader) => void

const instructions: ReadonlyMap<number, Skip> = new Map([
  // unreachable nop else end return drop select, comparisons, arithmetic and conversions
  ...rows([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b], skipBytes(0)),
  ...rows(from(0x45, 0xc4), skipBytes(0)),
  // block loop if
  ...rows([0x02, 0x03, 0x04], skipBlockType),
  // br br_if call, locals and globals
  ...rows([0x0c, 0x0d, 0x10, ...from(0x20, 0x24)], skipNumbers(1)),
  // br_table: targets and default
  ...rows([0x0e], (reader: Reader) => skipNumbers(reader.unsigned() + 1)(reader)),
  // call_indirect
  ...rows([0x11], skipNumbers(2)),
  // select with types
  ...rows([0x1c], skipValueTypes),
  // loads and stores
  ...rows(from(0x28, 0x3e), skipPlaceInMemory),
  // memory.size memory.grow, i32.const i64.const
  ...rows([0x3f, 0x40, 0x41, 0x42], skipNumbers(1)),
  // f32.const f64.const
  ...rows([0x43], skipBytes(4)),
  ...rows([0x44], skipBytes(8)),
  ...rows([0xfc], skipConversion),
])

const operands: ReadonlyMap<number, number> = new Map([
  // local.get global.get memory.size, constants
  ...rows([0x20, 0x23, 0x3f, ...from(0x41, 0x44)], 1),
  // if br_if br_table call_indirect drop local.set global.set, comparisons and arithmetic of two numbers
  ...rows([0x04, 0x0d, 0x0e, 0x11, 0x1a, 0x21, 0x24, ...from(0x46, 0x4f), ...from(0x51, 0x66)], -1),
  ...rows([...from(0x6a, 0x78), ...from(0x7c, 0x8a), ...from(0x92, 0x98)], -1),
  ...rows(from(0xa0, 0xa6), -1),
  // select, stores
  ...rows([0x1b, 0x1c, ...from(0x36, 0x3e)], -2),
])

/** How many operands more a function holds after an instruction; what it calls and what a block gives comes to that. */
export function operandsAfter(opcode: number): number {
  return operands.get(opcode) ?? 0
}

/**
 * Goes past one instruction and gives its opcode. What it does not know is refused, never guessed: whoever read past an
 * instruction otherwise than the engine does would leave loops behind that cost nothing.
 */
export function skipInstruction(reader: Reader): number {
  const opcode = reader.byte()
  const skip = instructions.get(opcode)
  if (skip === undefined) throw unknown(opcode.toString(16).padStart(2, '0'))
  skip(reader)
  return opcode
}

function skipBytes(count: number): Skip {
  return (reader) => reader.skip(count)
}

function skipNumbers(count: number): Skip {
  return (reader) => {
    for (let left = count; left > 0; left--) reader.skipNumber()
  }
}

/** Conversions that the prefix opens. What follows them there works on any amount of memory in one step. */
const conversions = 8

function skipConversion(reader: Reader): void {
  const second = reader.unsigned()
  if (second >= conversions) throw unknown(`fc ${second}`)
}

/** Nothing, or one value. */
function skipBlockType(reader: Reader): void {
  const type = reader.byte()
  if (type !== noValue) refuseForeign(type)
}

function skipValueTypes(reader: Reader): void {
  for (let left = reader.unsigned(); left > 0; left--) valueType(reader)
}

/** The type of a value, which is a number of 32 or 64 bits. */
export function valueType(reader: Reader): number {
  const type = reader.byte()
  refuseForeign(type)
  return type
}

function refuseForeign(type: number): void {
  if (type >= 0x7c && type <= 0x7f) return
  const code = type.toString(16).padStart(2, '0')
  throw unsupported(`uses a value of the type 0x${code}, which no OPA module has`)
}

/** An alignment, which also says whether a second memory is meant, and an offset. */
function skipPlaceInMemory(reader: Reader): void {
  if (reader.unsigned() > 3)
    throw unsupported('reaches for another memory than its first, which no OPA module does')
  reader.skipNumber()
}

function unknown(opcode: string): RegoError {
  return unsupported(`uses the instruction 0x${opcode}, which no OPA module has`)
}

function unsupported(words: string): RegoError {
  return new RegoError('module_unsupported', `the module ${words}`)
}

function rows<T>(all: readonly number[], what: T): readonly (readonly [number, T])[] {
  return all.map((opcode) => [opcode, what])
}

function from(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}
