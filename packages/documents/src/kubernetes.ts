import { isList, type Json, type JsonObject, type Reference } from '@writ/domain'
import { isMapping } from './detect.ts'
import { hints } from './hints.ts'

/** One Kubernetes object of a document, or why there is none. `pointer` leads from the document to it. */
export type KubernetesPart =
  | {
      readonly status: 'object'
      readonly pointer: string
      readonly name: Reference
      readonly content: Json
    }
  | { readonly status: 'skipped'; readonly pointer: string; readonly hint: string }
  | { readonly status: 'wrong'; readonly pointer: string; readonly message: string }

/** The objects of a document that has apiVersion and kind; a list is opened into its items, as kubectl opens it. */
export function kubernetesParts(content: JsonObject, pointer = ''): readonly KubernetesPart[] {
  const { items, kind } = content
  if (items === undefined || !isList(items)) return [partOf(content, pointer)]
  const opened = items.flatMap((item, at) => itemParts(content, item, `${pointer}/items/${at}`))
  // A list by its members only: whatever else it is, it is judged as well.
  if (typeof kind === 'string' && !kind.endsWith('List'))
    return [partOf(content, pointer), ...opened]
  return opened.length === 0 ? [{ status: 'skipped', pointer, hint: hints.empty }] : opened
}

function itemParts(list: JsonObject, item: Json, pointer: string): readonly KubernetesPart[] {
  if (!isMapping(item)) return [wrong(pointer, 'an item of a list is no object')]
  const whole = withListType(list, item)
  if (typeof whole['apiVersion'] !== 'string' || typeof whole['kind'] !== 'string')
    return [wrong(pointer, 'an item of a list has no apiVersion and kind')]
  return kubernetesParts(whole, pointer)
}

/** The items of a `PodList` may leave out what they are; those of a plain `List` may not. */
function withListType(list: JsonObject, item: JsonObject): JsonObject {
  const { kind, apiVersion } = list
  if (typeof kind !== 'string' || kind === 'List' || item['kind'] !== undefined) return item
  return { apiVersion: apiVersion ?? null, ...item, kind: kind.replace(/List$/, '') }
}

function partOf(content: JsonObject, pointer: string): KubernetesPart {
  const metadata = content['metadata'] ?? {}
  const group = groupOf(content)
  if (group === 'kustomize.config.k8s.io')
    return { status: 'skipped', pointer, hint: hints.kustomization }
  if (Object.hasOwn(content, '$patch')) return { status: 'skipped', pointer, hint: hints.patch }
  if (!isMapping(metadata)) return wrong(`${pointer}/metadata`, 'metadata is no mapping')
  const field = nameFields.find((name) => typeof (metadata[name] ?? '') !== 'string')
  if (field !== undefined)
    return wrong(`${pointer}/metadata/${field}`, `metadata.${field} is no text: put it in quotes`)
  const id = idOf(metadata)
  if (id === null) return { status: 'skipped', pointer, hint: hints.nameless }
  const type = `kubernetes/${text(content['kind'])}${group === '' ? '' : `.${group}`}`
  return { status: 'object', pointer, name: { type, id }, content }
}

const nameFields = ['name', 'namespace', 'generateName']

/** `namespace/name`; `_` where there is no namespace, and `*` for what the cluster adds to a generated name. */
function idOf(metadata: JsonObject): string | null {
  const name = text(metadata['name'])
  const generated = text(metadata['generateName'])
  if (name === '' && generated === '') return null
  return `${text(metadata['namespace']) || '_'}/${name || `${generated}*`}`
}

function groupOf(content: JsonObject): string {
  const apiVersion = text(content['apiVersion'])
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? '' : apiVersion.slice(0, slash)
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function wrong(pointer: string, message: string): KubernetesPart {
  return { status: 'wrong', pointer, message }
}
