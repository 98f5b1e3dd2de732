import type { Records, Scorecards, Waivers } from '@writ/service'
import { onTestFinished } from 'vitest'

/** The store ports of one adapter, over one store: what is appended through one is seen by the others. */
export type StorePorts = {
  readonly records: Records
  readonly waivers: Waivers
  readonly scorecards: Scorecards
}

/** Opens a store that holds nothing. The suites close each that they open. */
export type OpenStore = () => Promise<StorePorts & { readonly close: () => void | Promise<void> }>

/** An empty store for one test. */
export async function emptyStore(open: OpenStore): Promise<StorePorts> {
  const store = await open()
  onTestFinished(() => store.close())
  return store
}
