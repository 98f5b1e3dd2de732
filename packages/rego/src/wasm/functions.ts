import { RegoError } from '../rego-error.ts'
import { noValue, opcodes, operandsAfter, skipInstruction, valueType } from './instructions.ts'
import { readerOf, type Reader } from './reader.ts'
import { importedBy, sectionIds, sectionReader, tableFunctions } from './sections.ts'

/** What a function takes of the stack, and whom it calls. */
export type Caller = {
  /** The type of the block that its body is: of its one result, or of none. */
  readonly blockType: number
  /** Its parameters, its locals, the most operands that it holds at a time, and what the engine keeps in each frame for itself. */
  readonly words: number
  readonly calls: readonly number[]
  /** What stands for the types of functions that it calls by a table. */
  readonly tables: readonly number[]
}

type Type = {
  readonly params: readonly number[]
  readonly results: readonly number[]
}
type Types = {
  readonly all: readonly Type[]
  readonly ofFunctions: readonly Type[]
}

/**
 * The functions of a module by their numbers: those that it imports come first, and call nobody here. Behind them stands, for each
 * type, what calls all functions of that type that are in a table.
 */
export function functionsOf(bytes: Uint8Array): readonly Caller[] {
  const all = typesOf(bytes)
  const imported = importedBy(bytes).functions
  const declared = sectionReader(bytes, sectionIds.functions)
  const numbers = Array.from({ length: declared.unsigned() }, () => declared.unsigned())
  const ofFunctions = [...imported, ...numbers].map((number) => all[number] ?? unknown)
  const bodies = bodiesOf(sectionReader(bytes, sectionIds.code))
  const own = ofFunctions.map(({ params, results }, number) => {
    const body = bodies[number - imported.length]
    const inside = body === undefined ? foreign : insideOf(body, { all, ofFunctions })
    const words = frameWords + params.length + inside.words
    refuseGreedy(words * inside.blocks)
    return { ...inside, words, blockType: results[0] ?? noValue }
  })
  const inTable = tableFunctions(bytes).filter((number) => number < ofFunctions.length)
  const tables = all.map((type) => {
    const calls = inTable.filter((number) => isSame(ofFunctions[number] ?? unknown, type))
    return { blockType: noValue, words: 0, calls, tables: [] }
  })
  return [...own, ...tables]
}

/**
 * The engine keeps where each word is for each block that is open, in some 12 bytes, when it first compiles a function: a gigabyte and
 * a half at this bound, and as much as a machine has without one.
 */
const mostPlaces = 134_217_728

function refuseGreedy(places: number): void {
  if (places > mostPlaces)
    throw new RegoError(
      'module_unsupported',
      'the module has a function with so many variables and blocks that to compile it would take gigabytes: ask for fewer rules in one module',
    )
}

function isSame(one: Type, other: Type): boolean {
  return one.params.join() === other.params.join() && one.results.join() === other.results.join()
}

const frameWords = 8

/** Of a module that is not valid, and is refused in the end. */
const unknown: Type = { params: [], results: [] }
const foreign: Inside = { words: 0, blocks: 0, calls: [], tables: [] }

const functionType = 0x60

function typesOf(bytes: Uint8Array): readonly Type[] {
  const reader = sectionReader(bytes, sectionIds.types)
  return Array.from({ length: reader.unsigned() }, () => {
    const isFunction = reader.byte() === functionType
    const type = { params: valueTypes(reader), results: valueTypes(reader) }
    if (!isFunction || type.results.length > 1)
      throw new RegoError(
        'module_unsupported',
        'the module has a type that is none of a function with one result',
      )
    return type
  })
}

function valueTypes(reader: Reader): readonly number[] {
  return Array.from({ length: reader.unsigned() }, () => valueType(reader))
}

/** The body of each function: its locals and its code. */
export function bodiesOf(reader: Reader): readonly Uint8Array[] {
  return Array.from({ length: reader.unsigned() }, () => reader.bytes(reader.unsigned()))
}

/** Goes past what a body says of its locals, and gives how many there are. */
export function localsIn(reader: Reader): number {
  let count = 0
  for (let left = reader.unsigned(); left > 0; left--) {
    count += reader.unsigned()
    valueType(reader)
  }
  return count
}

type Inside = Pick<Caller, 'words' | 'calls' | 'tables'> & { readonly blocks: number }

function insideOf(body: Uint8Array, types: Types): Inside {
  const reader = readerOf(body, 0)
  const locals = localsIn(reader)
  const operands = operandCounter(types)
  const [calls, tables] = [new Set<number>(), new Set<number>()]
  const functions = types.ofFunctions.length // what is beyond them is not there, and the module refused in the end
  let blocks = 0
  while (!reader.isAtEnd()) {
    const after = reader.at() + 1
    const opcode = skipInstruction(reader)
    const immediate = readsImmediate.has(opcode) ? readerOf(body, after).unsigned() : 0
    operands.take(opcode, immediate)
    if (opensBlock.has(opcode)) blocks += 1
    if (opcode === call && immediate < functions) calls.add(immediate)
    if (opcode === callIndirect && immediate < types.all.length) tables.add(functions + immediate)
  }
  return { words: locals + operands.most(), blocks, calls: [...calls], tables: [...tables] }
}

const { block, loop, if: choice, else: otherwise, end, call, callIndirect } = opcodes
const opensBlock: ReadonlySet<number> = new Set([block, loop, choice])
const readsImmediate: ReadonlySet<number> = new Set([...opensBlock, call, callIndirect])

type OperandCounter = { take(opcode: number, immediate: number): void; most(): number }

/** Counts the operands that a function holds. Behind a branch that is always taken it may be wrong, where nothing is carried out. */
function operandCounter({ all, ofFunctions }: Types): OperandCounter {
  const blocks: { before: number; results: number }[] = []
  let [now, most] = [0, 0]
  const called = (type: Type = unknown): void => {
    now += type.results.length - type.params.length
  }
  const opened = (type: number): void => {
    blocks.push({ before: now, results: type === noValue ? 0 : 1 })
  }
  const closed = ({ isOver }: { isOver: boolean }): void => {
    const { before, results } = blocks.at(-1) ?? { before: 0, results: 0 }
    now = before + (isOver ? results : 0)
    if (isOver) blocks.pop()
  }
  const steps: ReadonlyMap<number, (immediate: number) => void> = new Map([
    [block, opened],
    [loop, opened],
    [choice, opened],
    [otherwise, () => closed({ isOver: false })],
    [end, () => closed({ isOver: true })],
    [call, (number) => called(ofFunctions[number])],
    [callIndirect, (type) => called(all[type])],
  ])
  const take = (opcode: number, immediate: number): void => {
    now += operandsAfter(opcode)
    steps.get(opcode)?.(immediate)
    most = Math.max(most, now)
  }
  return { take, most: () => most }
}
