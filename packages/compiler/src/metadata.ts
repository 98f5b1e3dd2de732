import type { Issue, Json, JsonObject, Rule } from '@writ/domain'
import { listOf, memberOf, objectOf } from './json-read.ts'
import { notesOf } from './metadata-fields.ts'
import { kindOf, type RegoFile } from './pack.ts'

/** A rule as its METADATA has it; `documents` may still hold aliases of document types. */
export type Described = {
  readonly file: RegoFile
  readonly rule: Rule
  /** What a rule that compares documents reads of each, by pointers into its content; null where that is not said. */
  readonly reads: readonly string[] | null
}

/** What `opa inspect --annotations` printed: the METADATA of each package by the file that holds it. */
export function annotationsIn(inspected: Json): ReadonlyMap<string, JsonObject> {
  const found = listOf(inspected, 'annotations').flatMap((entry) => {
    const annotations = objectOf(memberOf(entry, 'annotations'))
    const file = memberOf(memberOf(entry, 'location'), 'file')
    const isPackage = memberOf(annotations ?? undefined, 'scope') === 'package'
    if (annotations === null || typeof file !== 'string' || !isPackage) return []
    return [[file.replace(/^\/+/, ''), annotations] as const]
  })
  return new Map(found)
}

/** The rule that one file's METADATA describes, or every mistake in it. */
export function describe(
  file: RegoFile,
  annotations: JsonObject | undefined,
): { readonly described: Described | null; readonly issues: readonly Issue[] } {
  const kind = kindOf(file.path)
  if (annotations === undefined || kind === null) {
    const message =
      'has no METADATA: write `# METADATA` and its lines directly above `package`, as the rules beside it do'
    return { described: null, issues: [{ pointer: `${file.path}:1:1`, message }] }
  }
  const notes = notesOf(file, annotations)
  const rule: Rule = {
    id: notes.id(),
    kind,
    title: notes.words('title'),
    description: notes.words('description'),
    severity: notes.severity(),
    controls: notes.texts('controls'),
    remediation: notes.words('remediation'),
    docsUrl: notes.docsUrl(),
    waivableBy: notes.texts('waivable_by'),
    appliesRequires: notes.pointers('applies_requires'),
    requires: notes.pointers('requires'),
    effectiveOn: notes.effectiveOn(),
    grants: notes.flag('grants', kind === 'access'),
    crossesDocuments: notes.flag('crosses_documents', kind === 'config'),
    documentTypes: notes.documents(kind === 'config'),
  }
  const reads = notes.reads(rule.crossesDocuments)
  const issues = [...notes.issues(), ...notes.unknown()]
  return { described: issues.length === 0 ? { file, rule, reads } : null, issues }
}
