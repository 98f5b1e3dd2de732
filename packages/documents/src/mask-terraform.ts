import { isList, type Json, type JsonObject } from '@writ/domain'
import { isMapping } from './detect.ts'
import { maskText } from './mask-dockerfile.ts'
import { isSecretName, masked } from './mask-names.ts'

/**
 * A resource change with what Terraform marks as sensitive masked, before and after; and texts whose name says that they
 * are secret, since old versions mark nothing, also within the texts that describe containers and start machines. Nulls
 * stay, so that rules may ask whether there is a value.
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
  if (mark === true) return maskWhole(value)
  if (typeof value !== 'object') return value
  if (isList(value)) return value.map((item, at) => maskMarked(item, markAt(mark, at)))
  return Object.fromEntries(
    Object.entries(maskVariable(value)).map(([name, member]) => {
      const rest = maskMarked(member, markOf(mark, name))
      return [name, typeof rest === 'string' ? maskNamed(name, rest) : rest]
    }),
  )
}

// What everybody knows is no secret, and rules ask for it.
const known: ReadonlySet<Json> = new Set(['*', 'Allow', 'Deny', '0.0.0.0/0', '::/0', 'tcp', '-1'])

/** A set, and a text such as a policy, is marked as a whole, whichever part is meant: what cannot be the secret stays. */
function maskWhole(value: Json): Json {
  if (typeof value === 'boolean' || known.has(value)) return value
  if (isList(value)) return value.map((one) => (isMapping(one) ? maskMembers(one) : maskWhole(one)))
  return typeof value === 'string' ? maskPolicy(value) : masked
}

const ports: ReadonlySet<string> = new Set(['from_port', 'to_port'])

function maskMembers(members: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      if (member === null || (ports.has(name) && typeof member === 'number')) return [name, member]
      return [name, isMapping(member) ? maskMembers(member) : maskWhole(member)]
    }),
  )
}

function maskPolicy(text: string): string {
  if (!text.includes('"Statement"')) return masked
  try {
    const policy: Json = JSON.parse(text)
    return isMapping(policy) ? JSON.stringify(maskMembers(policy)) : masked
  } catch {
    return masked // no JSON, or one that nests deeper than any policy
  }
}

/** `{name, value}`: how some blocks, and the texts that describe containers, write a variable. */
function maskVariable(variable: JsonObject): JsonObject {
  const { name, value } = variable
  const isSecret =
    typeof name === 'string' && typeof value === 'string' && isSecretName(name, value)
  return isSecret ? { ...variable, value: masked } : variable
}

function maskNamed(name: string, text: string): string {
  if (isSecretName(name, text)) return masked
  if (name === 'container_definitions' || name === 'container_properties') return maskJson(text)
  return name.startsWith('user_data') ? maskScript(text) : text
}

function maskJson(text: string): string {
  try {
    const content: Json = JSON.parse(text)
    const hidden = JSON.stringify(maskMarked(content, null))
    return hidden === JSON.stringify(content) ? text : hidden
  } catch {
    return text // no JSON, or one that nests deeper than any container: nothing reads it
  }
}

/** A script, in base64 where a launch template holds it. */
function maskScript(text: string): string {
  const script = textOfBase64(text)
  if (script === null) return maskText(text)
  return Buffer.from(maskText(script)).toString('base64')
}

function textOfBase64(text: string): string | null {
  const bytes = Buffer.from(text, 'base64')
  const script = bytes.toString()
  return bytes.toString('base64') === text && !script.includes('\uFFFD') ? script : null
}

function markAt(mark: Json, at: number): Json {
  return typeof mark === 'object' && mark !== null && isList(mark) ? (mark[at] ?? false) : false
}

function markOf(mark: Json, name: string): Json {
  return isMapping(mark) && Object.hasOwn(mark, name) ? (mark[name] ?? false) : false
}
