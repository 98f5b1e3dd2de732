import { RegoError } from '../rego-error.ts'
import type { Reader } from './reader.ts'

export const loopOpcode = 0x03
/** `call` and `call_indirect`. */
export const callOpcodes: readonly number[] = [0x10, 0x11]

/** What follows an opcode: so many LEB128 numbers, so many plain bytes, or a shape of its own. */
type Immediates = { readonly numbers: number; readonly bytes: number }

const immediates: ReadonlyMap<number, Immediates> = new Map(
  [
    // unreachable nop else end return drop select, comparisons, arithmetic and conversions
    ...rows([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1], 0, 0),
    ...rows(from(0x45, 0xc4), 0, 0),
    // block loop if (a block type is a number too), br br_if call, locals, globals and tables, ref.null ref.func
    ...rows([0x02, 0x03, 0x04, 0x0c, 0x0d, 0x10, ...from(0x20, 0x26), 0xd0, 0xd2], 1, 0),
    // call_indirect; loads and stores, with alignment and offset
    ...rows([0x11, ...from(0x28, 0x3e)], 2, 0),
    // memory.size memory.grow, i32.const i64.const
    ...rows([0x3f, 0x40, 0x41, 0x42], 1, 0),
    // f32.const f64.const
    ...rows([0x43], 0, 4),
    ...rows([0x44], 0, 8),
  ].map(([opcode, shape]) => [opcode, shape]),
)

/** Numbers after each opcode that the prefix 0xfc opens: saturating conversions, then bulk memory and tables. */
const prefixed: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1]

/** Goes past one instruction and gives its opcode. An instruction that it does not know is refused, never guessed. */
export function skipInstruction(reader: Reader): number {
  const opcode = reader.byte()
  const known = immediates.get(opcode)
  if (known === undefined) skipSpecial(reader, opcode)
  else {
    for (let left = known.numbers; left > 0; left--) reader.skipNumber()
    reader.skip(known.bytes)
  }
  return opcode
}

function skipSpecial(reader: Reader, opcode: number): void {
  if (opcode === 0x0e) {
    for (let left = reader.unsigned() + 1; left > 0; left--) reader.skipNumber() // br_table: targets and default
  } else if (opcode === 0x1c)
    reader.skip(reader.unsigned()) // select with types
  else if (opcode === 0xfc) skipPrefixed(reader)
  else throw unknown(opcode.toString(16).padStart(2, '0'))
}

function skipPrefixed(reader: Reader): void {
  const second = reader.unsigned()
  const numbers = prefixed[second]
  if (numbers === undefined) throw unknown(`fc ${second}`)
  for (let left = numbers; left > 0; left--) reader.skipNumber()
}

function unknown(opcode: string): RegoError {
  return new RegoError(
    'module_unsupported',
    `the module uses the instruction 0x${opcode}, which no OPA module has`,
  )
}

function rows(
  opcodes: readonly number[],
  numbers: number,
  bytes: number,
): readonly (readonly [number, Immediates])[] {
  return opcodes.map((opcode) => [opcode, { numbers, bytes }])
}

function from(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}
