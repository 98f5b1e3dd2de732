import { severities, type Issue, type Json, type JsonObject, type Severity } from '@writ/domain'
import { instantOf, memberOf, objectOf, oneOf, textsOf } from './json-read.ts'
import type { RegoFile } from './pack.ts'

const customFields = [
  'id',
  'severity',
  'controls',
  'remediation',
  'docs_url',
  'waivable_by',
  'applies_requires',
  'requires',
  'effective_on',
  'grants',
  'crosses_documents',
  'documents',
  'reads',
]

/** Reads the fields of one rule's METADATA, and keeps every mistake with the line that it is on. */
export type Notes = {
  readonly id: () => string
  readonly words: (field: 'title' | 'description' | 'remediation') => string
  readonly severity: () => Severity
  readonly texts: (field: string) => readonly string[]
  readonly pointers: (field: string, example?: string) => readonly string[]
  readonly docsUrl: () => string
  readonly effectiveOn: () => string
  readonly flag: (field: string, isAllowed: boolean) => boolean
  readonly documents: (isNeeded: boolean) => readonly string[]
  readonly reads: (isAllowed: boolean) => readonly string[] | null
  readonly unknown: () => readonly Issue[]
  readonly issues: () => readonly Issue[]
}

/** The id that a rule's path gives it: `deploy/approvals.rego` is `deploy.approvals`. */
export function idOf(path: string): string {
  return path.replace(/\.rego$/, '').replaceAll('/', '.')
}

type Reading = {
  readonly file: RegoFile
  readonly annotations: JsonObject
  readonly issues: Issue[]
}

export function notesOf(file: RegoFile, annotations: JsonObject): Notes {
  const reading: Reading = { file, annotations, issues: [] }
  const texts = (field: string): readonly string[] => readTexts(reading, field)
  const notes: Notes = {
    id: () => readId(reading),
    words: (field) => readWords(reading, field),
    severity: () => readSeverity(reading),
    texts,
    pointers: (field, example = 'input such as /context/environment') => {
      const wrong = texts(field).filter((pointer) => !/^(\/([^~/]|~[01])*)+$/.test(pointer))
      for (const pointer of wrong)
        complain(
          reading,
          field,
          `${field} holds ${pointer}, which is no JSON pointer into ${example}`,
        )
      return texts(field)
    },
    docsUrl: () => {
      const given = customOf(reading, 'docs_url')
      return typeof given === 'string' ? given : `/policies/${idOf(file.path)}`
    },
    effectiveOn: () => readEffectiveOn(reading),
    flag: (field, isAllowed) => readFlag(reading, field, isAllowed),
    documents: (isNeeded) => readDocuments(reading, isNeeded),
    reads: (isAllowed) => {
      if (customOf(reading, 'reads') === undefined) return null
      if (!isAllowed)
        complain(reading, 'reads', 'reads means nothing without crosses_documents: remove it')
      return notes.pointers('reads', 'a document such as /spec/replicas')
    },
    unknown: () => unknownFields(reading),
    issues: () => reading.issues,
  }
  return notes
}

function customOf({ annotations }: Reading, field: string): Json | undefined {
  return memberOf(memberOf(annotations, 'custom'), field)
}

function complain({ file, issues }: Reading, field: string, message: string): void {
  issues.push({ pointer: `${file.path}:${rowOf(file, field)}:1`, message: `METADATA: ${message}` })
}

/** The line of a field in the comment, else that of `# METADATA`. */
function rowOf({ text }: RegoFile, field: string): number {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => /^#\s*METADATA\s*$/.test(line))
  const end = lines.findIndex((line, row) => row > start && !line.startsWith('#'))
  const found = lines.findIndex(
    (line, row) =>
      row > start && row < end && new RegExp(`^#\\s*(custom:\\s*\\{.*)?"?${field}"?:`).test(line),
  )
  return (found === -1 ? Math.max(start, 0) : found) + 1
}

function readId(reading: Reading): string {
  const [id, expected] = [customOf(reading, 'id'), idOf(reading.file.path)]
  if (id !== expected)
    complain(
      reading,
      'id',
      `id is ${id === undefined ? 'missing' : JSON.stringify(id)}; the path of this file makes it ${expected}`,
    )
  return expected
}

function readWords(reading: Reading, field: 'title' | 'description' | 'remediation'): string {
  const value =
    field === 'remediation' ? customOf(reading, field) : memberOf(reading.annotations, field)
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  complain(reading, field, `${field} is missing: ${wordsFor[field]}`)
  return ''
}

const wordsFor = {
  title: 'a few words that name the rule',
  description: 'what the rule asks for, and why',
  remediation: 'under custom, what to write to pass',
}

function readSeverity(reading: Reading): Severity {
  const value = customOf(reading, 'severity')
  const found = severities.find((severity) => severity === value)
  if (found === undefined) complain(reading, 'severity', `severity must be ${oneOf(severities)}`)
  return found ?? 'low'
}

function readTexts(reading: Reading, field: string): readonly string[] {
  const value = customOf(reading, field)
  if (value === undefined) return []
  const found = textsOf(value)
  if (found === null) complain(reading, field, `${field} must be a list of texts`)
  return found ?? []
}

function readEffectiveOn(reading: Reading): string {
  const found = instantOf(customOf(reading, 'effective_on'))
  if (found === null)
    complain(
      reading,
      'effective_on',
      'effective_on must be an instant such as "2026-01-01T00:00:00.000Z": before it the rule is only in shadow',
    )
  return found ?? ''
}

function readFlag(reading: Reading, field: string, isAllowed: boolean): boolean {
  const value = customOf(reading, field)
  if (value === undefined || value === false) return false
  if (value !== true) complain(reading, field, `${field} must be true or false`)
  else if (!isAllowed)
    complain(reading, field, `${field} means nothing in a rule of this kind: remove it`)
  return true
}

function readDocuments(reading: Reading, isNeeded: boolean): readonly string[] {
  const found = readTexts(reading, 'documents')
  if (isNeeded && found.length === 0)
    complain(
      reading,
      'documents',
      'documents is missing: the document types that the rule reads, or aliases of document-types.json',
    )
  if (!isNeeded && found.length > 0)
    complain(reading, 'documents', 'documents means nothing outside config/: remove it')
  return found
}

function unknownFields(reading: Reading): readonly Issue[] {
  const custom = objectOf(memberOf(reading.annotations, 'custom')) ?? {}
  const unknown: Reading = { ...reading, issues: [] }
  for (const field of Object.keys(custom).filter((name) => !customFields.includes(name)))
    complain(unknown, field, `custom has no field ${field}; it takes ${customFields.join(', ')}`)
  if (memberOf(reading.annotations, 'entrypoint') === true)
    complain(unknown, 'entrypoint', 'entrypoint: the build makes the entrypoints, remove it')
  return unknown.issues
}
