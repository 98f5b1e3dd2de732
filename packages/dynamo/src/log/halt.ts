import { Fault } from '@writ/domain'

/** The Fault of a store that contradicts the log, in the words of whoever reads why sealing has halted. */
export function halted(contradiction: string): Fault {
  return new Fault('log-halted', `Sealing has halted: ${contradiction}. Deciding goes on.`)
}
