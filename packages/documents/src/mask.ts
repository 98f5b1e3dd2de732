import { isList, type Document, type Json, type JsonObject } from '@writ/domain'
import { isMapping } from './detect.ts'
import { mapMembers } from './mask-members.ts'
import { maskDockerfile } from './mask-dockerfile.ts'
import { maskVariables } from './mask-kubernetes.ts'
import { masked } from './mask-names.ts'
import { maskTerraform } from './mask-terraform.ts'
import { maskWorkflow } from './mask-workflow.ts'

/** kubectl keeps the whole object here, as it was applied last. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * The document with every value that is a secret by its type or its name replaced: keys and shape stay, so rules can still ask
 * for them. A Secret is one by what the document says of itself or by what its content says, also as an item of a list.
 */
export function maskSecrets(document: Document): Document {
  if (document.type === 'dockerfile') return maskDockerfile(document)
  if (document.type.startsWith('terraform/'))
    return { ...document, content: maskTerraform(document.content) }
  if (document.type.startsWith('github/'))
    return { ...document, content: maskWorkflow(document.content) }
  const content = maskObject(document.content, document.type === 'kubernetes/Secret')
  return content === document.content ? document : { ...document, content }
}

function maskObject(content: Json, isSecret: boolean): Json {
  if (!isMapping(content)) return content
  const { kind, items } = content
  const own = isSecret || kind === 'Secret' ? maskSecret(content) : maskVariables(content)
  if (items === undefined || !isList(items)) return own
  const maskedItems = items.map((item) => maskObject(item, isSecret || kind === 'SecretList'))
  const isSame = own === content && maskedItems.every((item, at) => item === items[at])
  return isSame ? content : { ...own, items: maskedItems }
}

function maskSecret(secret: JsonObject): JsonObject {
  return mapMembers(secret, (name, value) => {
    if (name === 'data' || name === 'stringData') return maskValues(value)
    return name === 'metadata' && isMapping(value) ? maskMetadata(value) : value
  })
}

function maskMetadata(metadata: JsonObject): JsonObject {
  return mapMembers(metadata, (name, annotations) => {
    if (name !== 'annotations' || !isMapping(annotations)) return annotations
    return mapMembers(annotations, (key, value) => (key === lastApplied ? masked : value))
  })
}

/** A null holds no secret, and whether there is one may be asked. */
function maskValues(values: Json): Json {
  if (values === null) return null
  if (!isMapping(values)) return masked
  return mapMembers(values, (_, value) => (value === null ? null : masked))
}
