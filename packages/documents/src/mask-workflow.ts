import { isList, type Json } from '@writ/domain'
import { isMapping } from './detect.ts'
import { mapMembers } from './mask-members.ts'
import { isSecretName, masked } from './mask-names.ts'

/**
 * A workflow or an action with what is written out under a secret name masked, wherever it stands: in variables, in what
 * an action or a program of a matrix is given, in credentials. What holds an expression stays, so that rules can see that
 * it comes from elsewhere; a mask tells them that it did not.
 */
export function maskWorkflow(content: Json): Json {
  if (isList(content)) return content.map(maskWorkflow)
  return isMapping(content) ? mapMembers(content, maskMember) : content
}

function maskMember(name: string, value: Json): Json {
  // Rights of a token are no token: `id-token: write`.
  if (name === 'permissions') return value
  if (name === 'credentials' && isMapping(value)) return mapMembers(value, maskCredential)
  return isWritten(value) && isSecretName(name, String(value)) ? masked : maskWorkflow(value)
}

/** A password may look like a switch. */
function maskCredential(name: string, value: Json): Json {
  const isPassword = name === 'password' && isWritten(value) && value !== ''
  return isPassword ? masked : maskMember(name, value)
}

function isWritten(value: Json): value is string | number | boolean {
  if (value === null || typeof value === 'object') return false
  return typeof value !== 'string' || !value.includes('${{')
}
