import { isList, type Complaint, type Found, type Json, type Rule } from '@writ/domain'
import { foundAlone, fuelFor, gathered, type Findings } from './gather.ts'
import type { LoadedModule } from './loaded-module.ts'
import { questionOf, type Question } from './question.ts'
import { maxFindings } from './results.ts'

/**
 * What came of each rule of a module that judges many documents some at a time, as its manifest says: a module over a few
 * documents works within the processor's caches, and over a thousand it waits for memory. Rules that compare documents are
 * asked once, about what they read of all of them. Null where there are few documents, and where anything goes wrong: all at
 * once says what.
 */
export function gatheredInBatches(module: LoadedModule, question: Question): Findings | null {
  const { batches, documentTypes } = module.plan
  if (batches === null) return null
  const positions = positionsOf(question, documentTypes)
  if (positions.length <= batches.documents) return null
  const rules = module.rules.filter(({ id }) => batches.across[id] === undefined)
  const entrypoint = batches.gather ?? module.plan.gather
  const parts: Findings[] = []
  for (const some of chunksOf(positions, batches.documents)) {
    const findings = gathered(module, { entrypoint, rules }, about(question, some))
    if (findings === null) return null
    parts.push(new Map(rules.map(({ id }) => [id, placed(findings.get(id), some)])))
  }
  const found = new Map([
    ...rules.map(({ id }) => [id, joined(parts.map((part) => part.get(id) ?? notFound))] as const),
    ...foundAcross(module, batches.across, question),
  ])
  return [...found.values()].some(({ status }) => status === 'failed') ? null : found
}

const notFound: Found = { status: 'failed', reason: 'it has no result' }

/** Of the rules that compare documents. They read one input together, so that the module parses it once. */
function foundAcross(
  module: LoadedModule,
  across: Readonly<Record<string, readonly string[] | null>>,
  question: Question,
): Findings {
  const rules = module.rules.filter(({ id }) => across[id] !== undefined)
  const reads = rules.flatMap(({ id }) => across[id] ?? [''])
  const positions = positionsOf(
    question,
    rules.flatMap(({ documentTypes }) => documentTypes),
  )
  const some = about(question, positions, treeOf(reads))
  const found = (rule: Rule): Found => {
    const fuel = fuelFor(module, some.input())
    return placed(foundAlone(module, rule, { ...some, fuel }).found, positions)
  }
  return new Map(rules.map((rule) => [rule.id, found(rule)]))
}

function positionsOf({ request }: Question, types: readonly string[]): readonly number[] {
  const wanted = new Set(types)
  return request.documents.flatMap(({ type }, position) => (wanted.has(type) ? [position] : []))
}

function chunksOf(positions: readonly number[], size: number): readonly (readonly number[])[] {
  const count = Math.ceil(positions.length / size)
  return Array.from({ length: count }, (_, at) => positions.slice(at * size, (at + 1) * size))
}

/** The question about the documents in these positions, or about a part of their contents. */
function about(
  { request, now }: Question,
  positions: readonly number[],
  tree: Tree = true,
): Question {
  const documents = positions.flatMap((position) => {
    const document = request.documents[position]
    if (document === undefined) return []
    return tree === true ? document : { ...document, content: within(document.content, tree) }
  })
  return questionOf({ ...request, documents }, now)
}

/** Members by their names, each whole or only in part. */
type Tree = true | { readonly [step: string]: Tree }

function treeOf(pointers: readonly string[]): Tree {
  const paths = pointers.map((pointer) => pointer.split('/').slice(1))
  if (paths.some((path) => path.length === 0)) return true
  const byStep = Map.groupBy(paths, ([step = '']) => step)
  return Object.fromEntries(
    [...byStep].map(([step, below]) => [
      step.replaceAll('~1', '/').replaceAll('~0', '~'),
      treeOf(below.map((path) => ['', ...path.slice(1)].join('/'))),
    ]),
  )
}

/** What is no mapping stays as it is: a rule may ask whether it is one. */
function within(value: Json, tree: Tree): Json {
  if (tree === true || typeof value !== 'object' || value === null || isList(value)) return value
  return Object.fromEntries(
    Object.entries(tree).flatMap(([step, below]) => {
      const member = Object.hasOwn(value, step) ? value[step] : undefined
      return member === undefined ? [] : [[step, within(member, below)]]
    }),
  )
}

/** With the positions that the documents have in the request. */
function placed(found: Found = notFound, positions: readonly number[]): Found {
  if (found.status === 'failed') return found
  const { applies, complaints } = found
  const placeOf = (at: number): number => positions[at] ?? -1
  return {
    status: 'evaluated',
    applies: typeof applies === 'boolean' ? applies : applies.map(placeOf),
    complaints: complaints.map((complaint): Complaint => {
      const { document } = complaint
      return { ...complaint, document: document === null ? null : placeOf(document) }
    }),
  }
}

/** Parts come in the order of their documents, and so do their findings. */
function joined(parts: readonly Found[]): Found {
  const evaluated = parts.flatMap((part) => (part.status === 'evaluated' ? [part] : []))
  const complaints = evaluated.flatMap((part) => part.complaints)
  if (evaluated.length < parts.length || complaints.length > maxFindings) return notFound
  const applies = evaluated.flatMap((part) =>
    typeof part.applies === 'boolean' ? [] : part.applies,
  )
  return { status: 'evaluated', applies, complaints }
}
