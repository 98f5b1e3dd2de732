import {
  isList,
  type Complaint,
  type Document,
  type Found,
  type Json,
  type Rule,
} from '@writ/domain'

/** What a rule was asked about. */
export type Asked = { readonly rule: Rule; readonly documents: readonly Document[] }

/** More findings of one rule are a mistake of the rule. They cannot be cut: a waiver of all that are left would allow. */
export const maxFindings = 10_000

/** What a rule's `{applies, finding}` says. Whatever is not as agreed is a failure of the rule, never a pass. */
export function foundIn(value: Json | undefined, asked: Asked): Found {
  if (!isObject(value)) return failed('its result is not an object')
  const strangers = Object.keys(value).filter((name) => name !== 'applies' && name !== 'finding')
  if (strangers.length > 0)
    return failed(`its result has the unknown field ${strangers.join(', ')}`)
  const { applies, finding } = value
  if (applies === undefined || applies === false) return doesNotApply(asked.rule)
  const scope = asked.rule.kind === 'config' ? positionsIn(applies, asked) : isTrue(applies)
  if (typeof scope === 'string') return failed(scope)
  return evaluated(scope, finding ?? null, asked)
}

function evaluated(applies: true | readonly number[], finding: Json, asked: Asked): Found {
  if (!isList(finding)) return failed('its findings are not a list')
  if (finding.length > maxFindings)
    return failed(`it has ${finding.length} findings, more than ${maxFindings}`)
  const complaints = finding.map((each) => complaintIn(each, asked))
  const [mistake] = complaints.filter((each) => typeof each === 'string')
  if (mistake !== undefined) return failed(mistake)
  return {
    status: 'evaluated',
    applies: applies === true ? true : applies.toSorted((left, right) => left - right),
    complaints: complaints.filter((each) => typeof each !== 'string').toSorted(inOrder),
  }
}

export function failed(reason: string): Found {
  return { status: 'failed', reason }
}

export function doesNotApply({ kind }: Rule): Found {
  return { status: 'evaluated', applies: kind === 'config' ? [] : false, complaints: [] }
}

function isTrue(applies: Json): true | string {
  return applies === true || 'its applies is neither true nor undefined'
}

/** Positions of documents that the rule may judge, or what is wrong with them. */
function positionsIn(applies: Json, { rule, documents }: Asked): readonly number[] | string {
  if (!isList(applies)) return 'its applies is not a set of positions of documents'
  const positions = applies.filter((position) => typeof position === 'number')
  const stray = applies.find(
    (position) => typeof position !== 'number' || documents[position] === undefined,
  )
  if (stray !== undefined)
    return `it applies to ${JSON.stringify(stray)}, which is no position of a document`
  const types = new Set(positions.map((position) => documents[position]?.type ?? ''))
  const other = [...types].find((type) => !rule.documentTypes.includes(type))
  if (other !== undefined)
    return `it applies to a document of type ${other}, which it does not say it reads`
  return positions
}

/** Rego's sets come in the order of their hashes: here by document, place, part and words. */
function inOrder(left: Complaint, right: Complaint): number {
  const documents = (left.document ?? -1) - (right.document ?? -1)
  if (documents !== 0) return documents
  return placeOf(left) < placeOf(right) ? -1 : 1
}

function placeOf({ pointer, part, message, remediation }: Complaint): string {
  return JSON.stringify([pointer, part, message, remediation])
}

type Field = {
  readonly isOptional: boolean
  readonly words: string
  readonly fits: (value: Json, documents: readonly Document[]) => boolean
}

const isText = (value: Json): boolean => typeof value === 'string' && value !== ''

const fields: Readonly<Record<keyof Complaint, Field>> = {
  message: { isOptional: false, words: 'a text that is not empty', fits: isText },
  part: { isOptional: true, words: 'a text that is not empty', fits: isText },
  document: {
    isOptional: true,
    words: 'the position of a document',
    fits: (value, documents) => typeof value === 'number' && documents[value] !== undefined,
  },
  pointer: {
    isOptional: true,
    words: 'an RFC 6901 pointer',
    fits: (value) => typeof value === 'string' && /^(?:\/(?:[^~]|~[01])*)?$/s.test(value),
  },
  remediation: { isOptional: true, words: 'a text that is not empty', fits: isText },
}

const namedFields = Object.entries(fields)

/** A complaint, or what is wrong with it. */
function complaintIn(value: Json, { rule, documents }: Asked): Complaint | string {
  if (!isObject(value)) return 'one of its findings is not an object'
  const strangers = Object.keys(value).filter((name) => !Object.hasOwn(fields, name))
  if (strangers.length > 0)
    return `one of its findings has the unknown field ${strangers.join(', ')}`
  const unfit = namedFields.find(([name, { isOptional, fits }]) => {
    const field = value[name] ?? null
    return field === null ? !isOptional : !fits(field, documents)
  })
  if (unfit !== undefined) return `the ${unfit[0]} of one of its findings is not ${unfit[1].words}`
  const { message, part, document, pointer, remediation } = value
  const needsDocument = rule.kind === 'config' && !rule.crossesDocuments
  if (needsDocument && typeof document !== 'number') return 'one of its findings names no document'
  return {
    message: textIn(message) ?? '',
    part: textIn(part),
    document: typeof document === 'number' ? document : null,
    pointer: textIn(pointer),
    remediation: textIn(remediation),
  }
}

function textIn(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !isList(value)
}
