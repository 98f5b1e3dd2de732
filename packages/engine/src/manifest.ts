import { issuesOf, manifestSchema, readJson, type Manifest } from '@writ/contract'
import { Fault, isList, type Issue, type Json } from '@writ/domain'
import { canonicalText, digestOf, type Digest } from '@writ/ledger'
import { attempt, refuseIf } from './bundle-issues.ts'

export const manifestFile = 'manifest.json'
export const dataFile = 'data.json'

export type NamedManifest = { readonly manifest: Manifest; readonly digest: Digest }

/** The bundle's manifest and the digest that names the bundle. Throws the Fault `bundle-invalid`. */
export function readManifest(files: ReadonlyMap<string, Uint8Array>): NamedManifest {
  const value = readFile(files, manifestFile)
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success) {
    refuseIf(issuesOf(parsed.error).map((issue) => inManifest(issue.pointer, issue.message)))
    throw new Fault('bundle-invalid', 'The manifest is not valid')
  }
  return { manifest: parsed.data, digest: digestOf(canonicalText(value)) }
}

/** Refuses data that is not a JSON object: no module can be given any other. */
export function refuseBadData(files: ReadonlyMap<string, Uint8Array>): void {
  const data = readFile(files, dataFile)
  if (typeof data !== 'object' || data === null || isList(data))
    refuseIf([{ pointer: dataFile, message: 'must be a JSON object' }])
}

export function inManifest(pointer: string, message: string): Issue {
  return { pointer: `${manifestFile}#${pointer}`, message }
}

function readFile(files: ReadonlyMap<string, Uint8Array>, name: string): Json {
  const bytes = files.get(name) ?? null
  refuseIf(bytes === null ? [{ pointer: name, message: 'is missing from the bundle' }] : [])
  const read = attempt(name, () => readJson(bytes ?? new Uint8Array()))
  refuseIf(read.issues)
  return read.value
}
