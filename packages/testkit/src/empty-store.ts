import type { Books } from '@writ/service'
import { onTestFinished } from 'vitest'

/** Opens a store that holds nothing. The suites close each that they open. */
export type OpenStore = () => Promise<Books & { readonly close: () => void | Promise<void> }>

/** An empty store for one test. */
export async function emptyStore(open: OpenStore): Promise<Books> {
  const store = await open()
  onTestFinished(() => store.close())
  return store
}
