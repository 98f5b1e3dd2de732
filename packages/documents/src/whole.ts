import { isList, type Document, type Json, type JsonObject } from '@writ/domain'
import { isMapping } from './detect.ts'

/**
 * Whether a cluster would take the object by itself. A file that a kustomization calls a patch may be applied without it,
 * and what is whole is judged: else a name in a list would be a way around every rule.
 */
export function isWhole({ type, content }: Document): boolean {
  if (!isMapping(content)) return false
  const spec = objectIn(content, 'spec')
  switch (type) {
    case 'kubernetes/ClusterRole.rbac.authorization.k8s.io':
    case 'kubernetes/Role.rbac.authorization.k8s.io':
      return isList(content['rules'] ?? null)
    case 'kubernetes/ClusterRoleBinding.rbac.authorization.k8s.io':
    case 'kubernetes/RoleBinding.rbac.authorization.k8s.io':
      return isMapping(content['roleRef'])
    case 'kubernetes/Service':
      return filled(spec['ports'])
    case 'kubernetes/Ingress.networking.k8s.io':
      return filled(spec['rules']) && typeof spec['ingressClassName'] === 'string'
    default:
      return runs(spec)
  }
}

/** A workload: each of its containers has an image, and what the kind cannot do without is there. */
function runs(spec: JsonObject): boolean {
  const job = objectIn(objectIn(spec, 'jobTemplate'), 'spec')
  const templates = [spec, job].map((owner) => objectIn(objectIn(owner, 'template'), 'spec'))
  const [kept = {}, scheduled = {}] = templates
  if (hasImages(spec)) return true
  if (hasImages(kept))
    return isMapping(spec['selector']) || typeof kept['restartPolicy'] === 'string'
  return hasImages(scheduled) && typeof spec['schedule'] === 'string'
}

function hasImages({ containers = null }: JsonObject): boolean {
  if (!isList(containers) || containers.length === 0) return false
  return containers.every((one) => isMapping(one) && typeof one['image'] === 'string')
}

function filled(value: Json | undefined): boolean {
  return value !== undefined && isList(value) && value.length > 0
}

function objectIn(owner: JsonObject, key: string): JsonObject {
  const value = owner[key]
  return isMapping(value) ? value : {}
}
