import { isList, type Json } from '@writ/domain'
import { isMapping } from './detect.ts'

const helm = 'run `helm template CHART | writ check -` and judge what it prints'
const plan = 'run `terraform show -json PLAN > plan.json` and judge that'
const kustomize = 'run `kustomize build DIR | writ check -` and judge what it prints'

export const hints = {
  empty: 'it is empty',
  template: `it is a template with {{ }} left in it: ${helm}`,
  kustomization: `it is a Kustomize file: ${kustomize}`,
  patch: `it is a Kustomize patch: ${kustomize}`,
  nameless: `it has no metadata.name, so nothing can be created from it as it stands; if it is a Kustomize patch, ${kustomize}`,
  partial: `it lacks apiVersion or kind, so nothing can be created from it as it stands; if it is a Kustomize patch, ${kustomize}`,
  chart: `it belongs to a Helm chart: ${helm}`,
  piece:
    'it has no FROM, so nothing can be built from it as it stands: check the Dockerfile that takes it in',
  dockerTemplate: 'it is a template of a Dockerfile: check the file that is made of it',
  swagger:
    'it is Swagger 2.0; only OpenAPI 3 is read: convert it, as `npx swagger2openapi FILE` does',
  source: `it is Terraform source, in which values are not worked out yet: run \`terraform plan -out PLAN\`, then \`terraform show -json PLAN > plan.json\`, and judge that`,
  compose: 'it is a Compose file, which no policy reads: check the Dockerfiles that it builds',
  state: `it is a Terraform state, which says what is and not what will change: ${plan}`,
  events: `it is what Terraform prints while it plans, not the plan: ${plan}`,
  changeless: `it has no resource_changes, so it does not say what will change: ${plan}`,
  unchanged: 'it is a Terraform plan that changes no resource',
  noObject: 'it has no apiVersion and kind: it is no Kubernetes object',
} as const

const names: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[\\/])kustomization(?:\.ya?ml)?$/i, hints.kustomization],
  [/(?:^|[\\/])Chart\.ya?ml$/, hints.chart],
  [/(?:^|[\\/])(?:docker-)?compose(?:[-.][\w.-]+)?\.ya?ml$/, hints.compose],
  [/(?:^|[\\/])values(?:[-.][\w.-]+)?\.ya?ml$/, hints.chart],
]

/** Why a document without a format of its own is known all the same; null where it is not. */
export function hintOf(path: string, content: Json): string | null {
  if (isPatchList(content)) return hints.patch
  if (!isMapping(content)) return null
  if (typeof content['swagger'] === 'string' && isMapping(content['paths'])) return hints.swagger
  const named = names.find(([pattern]) => pattern.test(path))?.[1]
  if (named !== undefined) return named
  const isPart = typeof content['kind'] === 'string' || typeof content['apiVersion'] === 'string'
  return isPart && isMapping(content['metadata']) ? hints.partial : null
}

/** True where a template's action stands outside quotes: YAML's quotes make of it a text like any other, and GitHub's `${{` is one anyhow. */
export function isTemplate(text: string): boolean {
  return text.split(/\r\n|\n|\r/).some((line) => {
    const at = line.search(/(?<!\$)\{\{|\{%/)
    if (at === -1 || line.trimStart().startsWith('#')) return false
    const before = line.slice(0, at)
    return [/"/g, /'/g].every((quote) => (before.match(quote) ?? []).length % 2 === 0)
  })
}

/** A JSON 6902 patch: a list of operations, each with `op` and `path`. */
function isPatchList(content: Json): boolean {
  if (!isList(content) || content.length === 0) return false
  return content.every(
    (item) => isMapping(item) && typeof item['op'] === 'string' && typeof item['path'] === 'string',
  )
}
