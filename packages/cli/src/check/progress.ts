import { isCi } from '../caller.ts'
import type { Desk } from '../desk.ts'

/** One line on a terminal that is written over and over, and gone in the end. Elsewhere nothing is shown. */
export type Progress = { readonly show: (text: string) => void; readonly clear: () => void }

const leastMilliseconds = 80

export function createProgress({ env, err, errIsTerminal, now }: Desk): Progress {
  if (!errIsTerminal || isCi({ env })) return { show: () => undefined, clear: () => undefined }
  let shownAt = 0
  return {
    show: (text) => {
      const at = now().getTime()
      if (at - shownAt < leastMilliseconds) return
      shownAt = at
      err(`\r\u001b[2K${text}`)
    },
    clear: () => {
      if (shownAt > 0) err('\r\u001b[2K')
    },
  }
}
