import { Fault } from '@writ/domain'

/** The Fault of something that claims to be part of a log and does not have its form. */
export function malformed(what: string, why: string): Fault {
  return new Fault('log-malformed', `This is no ${what}: ${why}`, { facts: { what, why } })
}
