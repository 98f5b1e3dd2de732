import { pointerOf } from '@writ/contract'
import { kinds, type Issue, type Json, type Kind } from '@writ/domain'
import { objectOf, oneOf, textsOf } from './json-read.ts'

/** What of the requests of each kind is kept out of the records. */
export type Masks = { readonly [kind in Kind]?: string[] }

const file = 'masks.json'

/** `masks.json`, which a pack may leave out: kind → JSON Pointers (RFC 6901; a step `*` stands for every member) into a request. */
export function readMasks(value: Json | undefined): {
  readonly value: Masks
  readonly issues: readonly Issue[]
} {
  const object = objectOf(value ?? {})
  if (object === null)
    return { value: {}, issues: [at([], 'must be an object: kind → list of pointers')] }
  const read = Object.entries(object).map(([name, pointers]) => readKind(name, pointers))
  return {
    value: Object.fromEntries(read.flatMap(({ mask }) => (mask === null ? [] : [mask]))),
    issues: read.flatMap(({ issues }) => issues),
  }
}

function readKind(name: string, value: Json) {
  const kind = kinds.find((one) => one === name)
  const pointers = textsOf(value)
  if (kind === undefined)
    return { mask: null, issues: [at([name], `is no kind: use ${oneOf(kinds)}`)] }
  if (pointers === null)
    return { mask: null, issues: [at([name], 'must be a list of JSON Pointers')] }
  const issues = pointers.flatMap((pointer, place) => {
    const why = mistakeIn(pointer)
    return why === null ? [] : [at([name, place], why)]
  })
  return { mask: [kind, [...pointers]] as const, issues }
}

const form = /^(?:\/(?:[^/~]|~[01])*)+$/

function mistakeIn(pointer: string): string | null {
  if (!form.test(pointer)) return 'must be a JSON Pointer such as /subject/properties/email'
  if (['/kind', '/context', '/context/environment'].includes(pointer))
    return 'leads to what the log itself tells of every decision: its kind and its environment'
  if (/^\/context\/documents(?:\/|$)/.test(pointer))
    return 'leads into documents, which are masked by their type before they are decided on'
  return null
}

function at(path: readonly PropertyKey[], message: string): Issue {
  return { pointer: `${file}#${pointerOf(path)}`, message }
}
