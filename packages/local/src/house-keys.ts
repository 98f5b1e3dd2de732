import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import type { Signers } from '@writ/service'
import { logSigners, receiptSigners } from './log-key.ts'

/** The keys of a house, as its data folder had them when they were read last. */
export type HouseKeys = {
  readonly log: () => Signers
  readonly receipts: () => Signers
  /** Reads them again: they turn while the house is open. */
  readonly refresh: () => void
}

/** Where the keys of a house are put for its log to go on elsewhere. */
export const movedFolder = 'moved'

/** Makes them at the first start. Throws the Fault `start-refused` once they have been taken out of the folder: new ones would fork the log. */
export function openKeys(folder: string, random: (count: number) => Uint8Array): HouseKeys {
  const read = () => {
    refuseMoved(folder)
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

function refuseMoved(folder: string): void {
  const away = join(folder, movedFolder)
  if (!existsSync(away)) return
  throw new Fault(
    'start-refused',
    `The log of ${folder} goes on elsewhere: its keys have moved to ${away}. Have they signed nothing there? Then  ${backCommand(folder)}  makes this house start again`,
  )
}

/** What takes a move back, for as long as the keys have signed nothing elsewhere. */
export function backCommand(folder: string): string {
  const away = join(folder, movedFolder)
  return `mv ${join(away, '*')} ${folder} && rmdir ${away}`
}
