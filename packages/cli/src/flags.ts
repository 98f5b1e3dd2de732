import { Fault, faultOf, isList, type Json } from '@writ/domain'

/** The same Fault, with the mistakes at these places named by the flags that the values came from. */
export function namingFlags(thrown: unknown, flags: { readonly [pointer: string]: string }): Fault {
  const fault = faultOf(thrown)
  const { issues } = fault.facts
  if (issues === undefined || !isList(issues)) return fault
  const facts = { ...fault.facts, issues: issues.map((issue) => named(issue, flags)) }
  return new Fault(fault.code, fault.message, { facts, cause: fault.cause })
}

function named(issue: Json, flags: { readonly [pointer: string]: string }): Json {
  if (typeof issue !== 'object' || issue === null || isList(issue)) return issue
  const { pointer } = issue
  const flag = typeof pointer === 'string' ? flags[pointer] : undefined
  return flag === undefined ? issue : { ...issue, pointer: flag }
}
