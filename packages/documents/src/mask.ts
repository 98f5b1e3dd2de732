import type { Document, JsonObject } from '@writ/domain'

/** What stands where a secret was. Equal secrets and unequal ones look the same. */
export const masked = '(masked)'

/** The document with every value that is a secret by its type replaced: keys and shape stay, so rules can still ask for them. */
export function maskSecrets(document: Document): Document {
  const { type, content } = document
  if (type !== 'kubernetes/Secret' || typeof content !== 'object' || content === null)
    return document
  const entries = Object.entries(content).map(([name, value]) =>
    name === 'data' || name === 'stringData' ? [name, maskValues(value)] : [name, value],
  )
  return { ...document, content: Object.fromEntries(entries) }
}

function maskValues(values: JsonObject[string]): JsonObject[string] {
  if (typeof values !== 'object' || values === null) return masked
  return Object.fromEntries(Object.keys(values).map((name) => [name, masked]))
}
