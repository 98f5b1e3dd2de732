import type { Signers } from '@writ/service'
import { logSigners, receiptSigners } from './log-key.ts'

/** The keys of a house, as its data folder had them when they were read last. */
export type HouseKeys = {
  readonly log: () => Signers
  readonly receipts: () => Signers
  /** Reads them again: they turn while the house is open. */
  readonly refresh: () => void
}

export function openKeys(folder: string, random: (count: number) => Uint8Array): HouseKeys {
  const read = () => {
    const log = logSigners(folder, random)
    return { log, receipts: receiptSigners(folder, log.current.key.name, random) }
  }
  let keys = read()
  return {
    log: () => keys.log,
    receipts: () => keys.receipts,
    refresh: () => {
      keys = read()
    },
  }
}
