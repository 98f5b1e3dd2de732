import { RegoError } from '../rego-error.ts'
import type { Reader } from './reader.ts'

export const loopOpcode = 0x03
/** `call` and `call_indirect`. */
export const callOpcodes: readonly number[] = [0x10, 0x11]

/** Goes past what follows an opcode. */
type Skip = (reader: Reader) => void

const instructions: ReadonlyMap<number, Skip> = new Map([
  // unreachable nop else end return drop select, comparisons, arithmetic and conversions
  ...rows([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1], skipBytes(0)),
  ...rows(from(0x45, 0xc4), skipBytes(0)),
  // block loop if
  ...rows([0x02, 0x03, 0x04], skipBlockType),
  // br br_if call, locals, globals and tables, ref.null ref.func
  ...rows([0x0c, 0x0d, 0x10, ...from(0x20, 0x26), 0xd0, 0xd2], skipNumbers(1)),
  // br_table: targets and default
  ...rows([0x0e], (reader) => skipNumbers(reader.unsigned() + 1)(reader)),
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
  if (type !== 0x40) refuseForeign(type)
}

function skipValueTypes(reader: Reader): void {
  for (let left = reader.unsigned(); left > 0; left--) skipValueType(reader)
}

/** Goes past the type of a value, which is a number of 32 or 64 bits. */
export function skipValueType(reader: Reader): void {
  refuseForeign(reader.byte())
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

function rows(opcodes: readonly number[], skip: Skip): readonly (readonly [number, Skip])[] {
  return opcodes.map((opcode) => [opcode, skip])
}

function from(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}
