import { RegoError } from '../rego-error.ts'
import { readerOf, type Reader } from './reader.ts'

/** Section ids of the WebAssembly binary format, as far as they are looked into here. */
export const sectionIds = {
  types: 1,
  imports: 2,
  functions: 3,
  tables: 4,
  memories: 5,
  globals: 6,
  exports: 7,
  elements: 9,
  code: 10,
  data: 11,
} as const

export type Section = { readonly id: number; readonly start: number; readonly end: number }

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
export const headerLength: number = header.length

/** Where each section's content lies, in order. */
export function sectionsOf(bytes: Uint8Array): readonly Section[] {
  if (header.some((byte, at) => bytes[at] !== byte))
    throw new RegoError('module_invalid', 'these bytes are not a WebAssembly module of version 1')
  const reader = readerOf(bytes, headerLength)
  const sections: Section[] = []
  while (!reader.isAtEnd()) {
    const id = reader.byte()
    const length = reader.unsigned()
    sections.push({ id, start: reader.at(), end: reader.at() + length })
    reader.skip(length)
  }
  return sections
}

/** A reader of the one section with this id; of an empty one where the module has none. */
export function sectionReader(bytes: Uint8Array, id: number): Reader {
  const section = sectionsOf(bytes).find((candidate) => candidate.id === id)
  return section === undefined
    ? readerOf(Uint8Array.of(0), 0)
    : readerOf(bytes, section.start, section.end)
}

/** How many pages the memory must and may have that the module imports; null where it imports none. */
type ImportedMemory = { readonly minimum: number; readonly maximum: number | null }
export type Imported = {
  /** The number of the type of each function. */
  readonly functions: readonly number[]
  readonly globals: number
  readonly memory: ImportedMemory | null
}

/** What the JavaScript API does not tell: the limits of the imported memory, and what functions and globals come from outside. */
export function importedBy(bytes: Uint8Array): Imported {
  const reader = sectionReader(bytes, sectionIds.imports)
  const functions: number[] = []
  let globals = 0
  let memory: ImportedMemory | null = null
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.name()
    reader.name()
    const kind = reader.byte()
    if (kind === 0) functions.push(reader.unsigned())
    else if (kind === 1) tableIn(reader)
    else if (kind === 2) memory = limitsOf(reader)
    else if (kind === 3) {
      reader.skip(2)
      globals += 1
    } else throw new RegoError('module_unsupported', `the module imports something of kind ${kind}`)
  }
  return { functions, globals, memory }
}

/** How many entries a table begins with. */
export function tableIn(reader: Reader): number {
  reader.skip(1)
  return limitsOf(reader).minimum
}

function limitsOf(reader: Reader): ImportedMemory {
  const flags = reader.byte()
  if (flags > 1)
    throw new RegoError('module_unsupported', 'the module asks for a shared or a 64-bit memory')
  const minimum = reader.unsigned()
  return { minimum, maximum: flags === 1 ? reader.unsigned() : null }
}

/** The address behind the last byte that the module's data segments fill, as far as their places are constants. */
export function dataEndOf(bytes: Uint8Array): number {
  const reader = sectionReader(bytes, sectionIds.data)
  let end = 0
  for (let left = reader.unsigned(); left > 0; left--) {
    const mode = reader.unsigned()
    if (mode === 2) reader.skipNumber()
    const offset = mode === 1 ? 0 : offsetOf(reader)
    const length = reader.unsigned()
    reader.skip(length)
    if (mode !== 1) end = Math.max(end, offset + length)
  }
  return end
}

/** The functions that a table begins with. */
export function tableFunctions(bytes: Uint8Array): readonly number[] {
  const reader = sectionReader(bytes, sectionIds.elements)
  const found: number[] = []
  for (let left = reader.unsigned(); left > 0; left--) {
    if (reader.unsigned() !== 0)
      throw new RegoError('module_unsupported', 'the module fills its table as no OPA module does')
    offsetOf(reader)
    for (let more = reader.unsigned(); more > 0; more--) found.push(reader.unsigned())
  }
  return found
}

const i32Const = 0x41
const endOfExpression = 0x0b

function offsetOf(reader: Reader): number {
  const opcode = reader.byte()
  const offset = reader.signed() >>> 0
  if (opcode !== i32Const || reader.byte() !== endOfExpression)
    throw new RegoError(
      'module_unsupported',
      'a segment of the module lies at a place that is computed',
    )
  return offset
}
