import { isList, type Json, type JsonObject, type Operation, type Reference } from '@writ/domain'
import { isMapping, isTerraformState } from './detect.ts'
import { hints } from './hints.ts'

/** One resource that a plan speaks of, or why there is none. `pointer` leads from the plan to it. */
export type TerraformPart =
  | {
      readonly status: 'resource'
      readonly pointer: string
      readonly name: Reference
      readonly operation: Operation
      readonly content: JsonObject
    }
  | { readonly status: 'skipped'; readonly pointer: string; readonly hint: string }
  | { readonly status: 'wrong'; readonly pointer: string; readonly message: string }

/** The resource changes of a plan, in its order. */
export function terraformParts(content: JsonObject): readonly TerraformPart[] {
  const { resource_changes: changes, planned_values: planned, format_version: version } = content
  if (isTerraformState(content)) return [skipped(hints.state)]
  if (typeof version === 'string' && !/^[01]\./.test(version))
    return [
      wrong('/format_version', `plans of format ${version} are not read here, only 0.x and 1.x`),
    ]
  if (changes === undefined || changes === null)
    return [
      skipped(isMapping(planned) && hasResources(planned) ? hints.changeless : hints.unchanged),
    ]
  if (!isList(changes)) return [wrong('/resource_changes', 'resource_changes is no list')]
  if (changes.length === 0) return [skipped(hints.unchanged)]
  return changes.map((change, at) => partOf(change, `/resource_changes/${at}`))
}

function hasResources({ root_module: root }: JsonObject): boolean {
  return isMapping(root) && (root['resources'] !== undefined || root['child_modules'] !== undefined)
}

function partOf(resource: Json, pointer: string): TerraformPart {
  if (!isMapping(resource)) return wrong(pointer, 'a resource change is no object')
  const { address, type, change } = resource
  if (typeof address !== 'string' || address === '' || typeof type !== 'string' || type === '')
    return wrong(pointer, 'a resource change has no address or no type')
  const operation = isMapping(change) ? operationOf(change['actions']) : null
  if (operation === null)
    return wrong(pointer, `the change of ${address} has no actions that are known here`)
  const name = { type: `terraform/${type}`, id: address }
  return { status: 'resource', pointer, name, operation, content: resource }
}

const operationsByActions: ReadonlyMap<string, Operation> = new Map([
  ['no-op', 'none'],
  ['read', 'none'],
  ['forget', 'none'],
  ['create', 'create'],
  ['update', 'update'],
  ['delete', 'delete'],
  // Replaced: what is there afterwards is new. That the old one is lost stands in the actions.
  ['delete,create', 'create'],
  ['create,delete', 'create'],
  ['create,forget', 'create'],
])

function operationOf(actions: Json | undefined): Operation | null {
  if (actions === undefined || !isList(actions)) return null
  const words = actions.filter((action) => typeof action === 'string')
  return operationsByActions.get(words.join(',')) ?? null
}

/** The lines that `terraform plan -json` prints while it works. */
export function isEventStream(text: string): boolean {
  return /^\s*\{"@level":.{0,2000}"@module":"(?:terraform|tofu)/.test(text)
}

/** A plan below the command that printed it, as the wrapper of hashicorp/setup-terraform writes it. */
export function isWrapped(text: string): boolean {
  return /^\s*\[command\][^\n]{0,4000}\bshow\b[^\n]{0,4000}\n\s*\{/.test(text)
}

function skipped(hint: string): TerraformPart {
  return { status: 'skipped', pointer: '', hint }
}

function wrong(pointer: string, message: string): TerraformPart {
  return { status: 'wrong', pointer, message }
}
