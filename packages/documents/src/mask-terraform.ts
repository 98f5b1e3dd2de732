import { isList, type Json, type JsonObject } from '@writ/domain'
import { isMapping } from './detect.ts'
import { isSecretName, masked } from './mask-names.ts'

/**
 * A resource change with what Terraform marks as sensitive masked, before and after; and texts whose name says that they
 * are secret, since old versions mark nothing. Nulls stay, so that rules may ask whether there is a value.
 */
export function maskTerraform(content: Json): Json {
  if (!isMapping(content)) return content
  const { change } = content
  return isMapping(change) ? { ...content, change: maskChange(change) } : content
}

function maskChange(change: JsonObject): JsonObject {
  const { before_sensitive: before = null, after_sensitive: after = null } = change
  return Object.fromEntries(
    Object.entries(change).map(([name, value]) => {
      if (name === 'before') return [name, maskMarked(value, before)]
      return [name, name === 'after' ? maskMarked(value, after) : value]
    }),
  )
}

function maskMarked(value: Json, mark: Json): Json {
  if (value === null) return null
  if (mark === true) return masked
  if (typeof value !== 'object') return value
  if (isList(value)) return value.map((item, at) => maskMarked(item, markAt(mark, at)))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isSecret = typeof member === 'string' && isSecretName(name, member)
      return [name, isSecret ? masked : maskMarked(member, markOf(mark, name))]
    }),
  )
}

function markAt(mark: Json, at: number): Json {
  return typeof mark === 'object' && mark !== null && isList(mark) ? (mark[at] ?? false) : false
}

function markOf(mark: Json, name: string): Json {
  return isMapping(mark) && Object.hasOwn(mark, name) ? (mark[name] ?? false) : false
}
