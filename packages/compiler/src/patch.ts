import { isList, type Json, type JsonObject } from '@writ/domain'

/** The operations of RFC 6902 that cases use. */
export type Operation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }

/** The value with the operations applied in order. A path that leads nowhere is a mistake of the case, and throws. */
export function patched(value: Json, operations: readonly Operation[]): Json {
  return operations.reduce((changed, operation) => {
    const steps = operation.path.split('/').slice(1)
    return change(changed, steps.map(unescaped), operation)
  }, value)
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

function change(value: Json, steps: readonly string[], operation: Operation): Json {
  const [step = '', ...rest] = steps
  if (typeof value !== 'object' || value === null) throw leadsNowhere(operation)
  if (rest.length === 0)
    return isList(value) ? changeItem(value, step, operation) : changeMember(value, step, operation)
  if (!Object.hasOwn(value, step)) throw leadsNowhere(operation)
  if (!isList(value)) return { ...value, [step]: change(value[step] ?? null, rest, operation) }
  const at = Number(step)
  return value.with(at, change(value[at] ?? null, rest, operation))
}

function changeMember(object: JsonObject, name: string, operation: Operation): Json {
  if (operation.op !== 'add' && !Object.hasOwn(object, name)) throw leadsNowhere(operation)
  if (operation.op !== 'remove') return { ...object, [name]: operation.value }
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))
}

function changeItem(list: readonly Json[], step: string, operation: Operation): Json {
  const at = step === '-' ? list.length : Number(step)
  const places = operation.op === 'add' ? list.length + 1 : list.length
  if (!Number.isInteger(at) || at < 0 || at >= places) throw leadsNowhere(operation)
  if (operation.op === 'remove') return list.toSpliced(at, 1)
  return list.toSpliced(at, operation.op === 'add' ? 0 : 1, operation.value)
}

function leadsNowhere({ op, path }: Operation): Error {
  return new Error(`${op} ${path} leads nowhere`)
}
