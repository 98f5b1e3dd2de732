import { RegoError } from '../rego-error.ts'
import type { Caller } from './functions.ts'

/**
 * So many words of eight bytes a module may take of the stack: 768 KB, where V8 has 984 KB for a thread of its own accord, and
 * builtins of the host stand on it too. So it is this that ends what goes too deep, at the same call everywhere, and never the
 * stack of a machine.
 */
const allWords = 98_304
/** What must be left for calls that repeat: enough for a hundred values in each other. */
const fewestWords = 24_576
/** A function that takes more is charged too: some policies have few that are very large, in rows that are never gone through whole. */
const largeWords = 512

/** What is charged of the stack. */
export type StackCharges = {
  /** Of each function, what it is charged when it is entered, and given back when it is left; 0 for most. */
  readonly ofFunctions: readonly number[]
  /** What there is to be charged. */
  readonly words: number
}

/**
 * Charged is what calls may come back to while it runs: functions in a circle of calls, and those that call by a table what
 * itself leads to such a call; these with all that may stand between the two. So is what is large. What is not charged stands in a
 * row of calls that ends: before, between and after the others. Throws a RegoError where these rows leave too little.
 */
export function stackCharges(functions: readonly Caller[]): StackCharges {
  const circles = circlesOf(functions)
  const leading = reachedBy(functions, circles, ({ tables }) => tables.length > 0)
  const returns = functions.map(({ tables }) => tables.some((table) => leading[table]))
  const leads = reachedBy(functions, circles, (_, number) => returns[number] === true)
  const inCircle = new Set(circles.filter((circle) => isCircle(functions, circle)).flat())
  const isCharged = functions.map(
    ({ words }, number) => returns[number] === true || inCircle.has(number) || words > largeWords,
  )
  /** The most words that are not charged, from here to any end, and to what calls by a table again. */
  const [toEnd, toTable] = [functions.map(() => 0), functions.map(() => 0)]
  for (const circle of circles) {
    const callees = circle.flatMap((number) => functions[number]?.calls ?? [])
    for (const number of circle) {
      const own = isCharged[number] === true ? 0 : (functions[number]?.words ?? 0)
      toEnd[number] = own + most(toEnd, callees)
      toTable[number] =
        leads[number] === true && returns[number] !== true ? own + most(toTable, callees) : 0
    }
  }
  const words = allWords - 3 * toEnd.reduce((so, one) => Math.max(so, one), 0)
  if (words < fewestWords)
    throw new RegoError(
      'module_unsupported',
      'the functions of the module take more of the stack than there is',
    )
  const ofFunctions = functions.map((one, number) => {
    if (isCharged[number] !== true) return 0
    return one.words + (returns[number] === true ? most(toTable, one.tables) : 0)
  })
  return { ofFunctions, words }
}

/** Of each function, whether its calls lead to one of these. */
function reachedBy(
  functions: readonly Caller[],
  circles: Circles,
  isOne: (caller: Caller, number: number) => boolean,
): readonly boolean[] {
  const reaches = functions.map(isOne)
  for (const circle of circles) {
    const callees = circle.flatMap((number) => functions[number]?.calls ?? [])
    if ([...circle, ...callees].some((number) => reaches[number]))
      for (const number of circle) reaches[number] = true
  }
  return reaches
}

function isCircle(functions: readonly Caller[], circle: readonly number[]): boolean {
  return circle.length > 1 || circle.some((number) => functions[number]?.calls.includes(number))
}

function most(of: readonly number[], at: readonly number[]): number {
  return at.reduce((so, number) => Math.max(so, of[number] ?? 0), 0)
}

type Circles = readonly (readonly number[])[]

/**
 * Functions whose calls lead back to each other, each circle after those that it calls; most are alone. It is Tarjan's algorithm, and
 * takes none of this engine's stack.
 */
function circlesOf(functions: readonly Caller[]): Circles {
  const circles: number[][] = []
  const met = new Map<number, number>()
  const lowest = functions.map(() => 0)
  const open: number[] = []
  const isOpen = new Set<number>()
  const meet = (number: number): Walked => {
    lowest[number] = met.size
    met.set(number, met.size)
    open.push(number)
    isOpen.add(number)
    return { number, next: 0 }
  }
  const lower = (number: number, to = 0): void => {
    lowest[number] = Math.min(lowest[number] ?? 0, to)
  }
  const leave = (number: number, caller: Walked | undefined): void => {
    if (caller !== undefined) lower(caller.number, lowest[number])
    if (lowest[number] !== met.get(number)) return
    const circle = open.splice(open.lastIndexOf(number))
    for (const member of circle) isOpen.delete(member)
    circles.push(circle)
  }
  for (const root of functions.keys()) {
    const path = met.has(root) ? [] : [meet(root)]
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const callee = functions[here.number]?.calls[here.next]
      here.next += 1
      if (callee === undefined) leave(here.number, path.at(-2))
      if (callee === undefined) path.pop()
      else if (!met.has(callee)) path.push(meet(callee))
      else if (isOpen.has(callee)) lower(here.number, met.get(callee))
    }
  }
  return circles
}

/** A function on the way, and which of its calls is next. */
type Walked = { readonly number: number; next: number }
