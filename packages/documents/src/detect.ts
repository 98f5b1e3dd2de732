import { isList, type Json, type JsonObject } from '@writ/domain'
import type { Dialect } from './scalars.ts'

/** The formats that files are known to have. */
export type Format = Dialect | 'dockerfile' | 'github-action' | 'openapi' | 'terraform-plan'

/** In which words of YAML a format is read. OpenAPI asks for YAML 1.2; to a plan, which is JSON, both are one. */
export function dialectOf(format: Format): Dialect {
  return format === 'kubernetes' || format === 'terraform-plan' ? 'kubernetes' : 'github-workflow'
}

const workflowPath = /(?:^|[\\/])\.github[\\/]workflows[\\/][^\\/]+\.ya?ml$/i
const readByName = /(?:^-$|\.ya?ml$|\.json$|(?:^|[\\/])kustomization$)/i
const dockerfilePath =
  /(?:^|[\\/])(?:(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?|[\w.-]+\.(?:Dockerfile|Containerfile))$/i
/** Files about Dockerfiles, and programs that make them. */
const aboutDockerfile =
  /\.(?:dockerignore|containerignore|md|rst|txt|ya?ml|json|toml|sh|bash|py|js|ts|tsx|go|rs|rb|java|kt|cs|c|h|cpp|html?|xml|bats|snap|golden|diff|patch|sum|lock|sha256|sig)$/i
const openapiMark = /^(?:\s*\{\s*)?["']?openapi["']?\s*:\s*["']?3\.\d/m
/** A plan or a state begins with its versions. */
const terraformMark =
  /^\s*\{\s*"(?:(?:format_version|terraform_version)"\s*:\s*"|version"\s*:\s*\d+\s*,\s*"terraform_version")/
const kubernetesMarks = [/(?:^|[\s{,"'])apiVersion["']?\s*:/, /(?:^|[\s{,"'])kind["']?\s*:/]
const kubernetesLines = [/^apiVersion\s*:/m, /^kind\s*:/m]
const workflowLines = [/^["']?on["']?\s*:/m, /^jobs\s*:/m]
const actionLines = [/^runs\s*:/m, /^\s+using\s*:\s*["']?composite\b/im]

/** True where GitHub would run the file as a workflow. */
export function isWorkflowPath(path: string): boolean {
  return workflowPath.test(path)
}

/** True where the name says that the file is a Dockerfile. */
export function isDockerfilePath(path: string): boolean {
  return dockerfilePath.test(path) && !aboutDockerfile.test(path)
}

/** True for files that are YAML or JSON by their name, and for standard input; any other must look like a format from outside. */
export function isReadByName(path: string): boolean {
  return readByName.test(path) || isWorkflowPath(path)
}

/** True for a text that begins as a plan or a state does. */
export function isPlanText(text: string): boolean {
  return terraformMark.test(text)
}

/** Which format a text that cannot be parsed was meant to have. */
export function marksOf(text: string): Format | null {
  if (openapiMark.test(text)) return 'openapi'
  if (terraformMark.test(text)) return 'terraform-plan'
  if (kubernetesMarks.every((mark) => mark.test(text))) return 'kubernetes'
  if (actionLines.every((line) => line.test(text))) return 'github-action'
  return workflowLines.every((line) => line.test(text)) ? 'github-workflow' : null
}

/** Which format a file of any name may have: it is worth a parse. A JSON file cannot hide a key but by an escape. */
export function mayHold(path: string, text: string): boolean {
  if (/\.json$/i.test(path)) return jsonMark.test(text)
  if (isReadByName(path)) return true
  if (openapiMark.test(text) || terraformMark.test(text)) return true
  return [kubernetesLines, workflowLines].some((lines) => lines.every((line) => line.test(text)))
}

const jsonMark = /apiVersion|\\u|"(?:openapi|swagger|format_version|terraform_version)"\s*:/

/** The format of a document that was parsed, whichever dialect it was read in. */
export function formatOf(content: Json): Format | null {
  if (!isMapping(content)) return null
  if (typeof content['apiVersion'] === 'string' && typeof content['kind'] === 'string')
    return 'kubernetes'
  if (isOpenapi(content)) return 'openapi'
  if (isTerraform(content)) return 'terraform-plan'
  if (isCompositeAction(content)) return 'github-action'
  // YAML 1.1 reads the key `on` as true.
  const hasTrigger = Object.hasOwn(content, 'on') || Object.hasOwn(content, 'true')
  return hasTrigger && isMapping(content['jobs']) ? 'github-workflow' : null
}

/** By its version, which some write as a number. */
function isOpenapi({ openapi, info, paths }: JsonObject): boolean {
  const version = typeof openapi === 'number' ? String(openapi) : openapi
  if (typeof version !== 'string' || !/^3(?:\.\d|$)/.test(version)) return false
  return isMapping(info) || isMapping(paths)
}

/** What `terraform show -json` writes of a plan, and of a state. The version is Terraform's own, not that of a file of another tool. */
function isTerraform(content: JsonObject): boolean {
  if (typeof content['terraform_version'] !== 'string') return isBarePlan(content)
  return isTerraformState(content) || typeof content['format_version'] === 'string'
}

/** Some tools leave the version out of what they pass on. */
function isBarePlan(content: JsonObject): boolean {
  const { format_version: version, resource_changes: changes, planned_values: values } = content
  return typeof version === 'string' && (isMapping(values) || changes !== undefined)
}

/** True for the file that Terraform keeps, and for what it shows of one. */
export function isTerraformState({
  serial,
  lineage,
  resources,
  values,
  format_version,
}: JsonObject): boolean {
  if (typeof serial === 'number' && typeof lineage === 'string') return true
  return (
    (typeof format_version === 'string' && isMapping(values)) ||
    (isList(resources ?? null) && lineage !== undefined)
  )
}

/** Only such an action has steps of its own; others are programs. */
function isCompositeAction({ runs }: JsonObject): boolean {
  if (!isMapping(runs) || !isList(runs['steps'] ?? null)) return false
  const { using } = runs
  return typeof using === 'string' && using.toLowerCase() === 'composite'
}

export function isMapping(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}
