import { Fault } from '@writ/domain'
import type { Bundle, Engine } from '@writ/service'

/** Holds the bundle that decides now. Who took one before a swap keeps it to the end of his decision. */
export function createEngine(): Engine & { readonly activate: (bundle: Bundle) => void } {
  let active: Bundle | null = null
  return {
    active: () => {
      if (active !== null) return active
      throw new Fault('bundle-not-ready', 'No policy bundle has been activated yet')
    },
    activate: (bundle) => {
      active = bundle
    },
  }
}
