import { isList, type Json, type JsonObject } from '@writ/domain'

/** The operations of RFC 6902 that cases use. */
export type Operation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }

/** The value with the operations applied in order. A path that leads nowhere is a mistake of the case, and throws. */
export function patched(value: Json, operations: readonly Operation[]): Json {
  return operations.reduce<Json>((changed, operation) => {
    const steps = operation.path.split('/').slice(1)
    return change(changed, steps.map(unescaped), operation)
  }, value)
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

function change(value: Json, steps: readonly string[], operation: Operation): Json {
  const [step, ...rest] = steps
  if (step === undefined || typeof value !== 'object' || value === null)
    throw new Error(`${operation.op} ${operation.path} leads nowhere`)
  if (isList(value)) return changeList(value, { step, rest }, operation)
  const isThere = Object.hasOwn(value, step)
  if (!isThere && (rest.length > 0 || operation.op !== 'add'))
    throw new Error(`${operation.op} ${operation.path} leads nowhere`)
  if (rest.length > 0) return { ...value, [step]: change(value[step] ?? null, rest, operation) }
  return operation.op === 'remove' ? without(value, step) : { ...value, [step]: operation.value }
}

type Place = { readonly step: string; readonly rest: readonly string[] }

function changeList(list: readonly Json[], { step, rest }: Place, operation: Operation): Json {
  const at = step === '-' ? list.length : Number(step)
  const last = operation.op === 'add' && rest.length === 0 ? list.length : list.length - 1
  if (!Number.isInteger(at) || at < 0 || at > last)
    throw new Error(`${operation.op} ${operation.path} leads nowhere`)
  if (rest.length > 0) return list.with(at, change(list[at] ?? null, rest, operation))
  if (operation.op === 'remove') return list.toSpliced(at, 1)
  return list.toSpliced(at, operation.op === 'add' ? 0 : 1, operation.value)
}

function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))
}
