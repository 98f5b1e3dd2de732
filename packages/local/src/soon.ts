/** Work that many may ask for and that is then done once. */
export type Soon = {
  /** Asks for a run. While one is going on, another follows it. */
  readonly nudge: () => void
  /** No run begins from now on; resolves when the one that is going on has ended. */
  readonly close: () => Promise<void>
}

export type SoonParts = {
  /** It never rejects: whoever hands it in says what becomes of a failure. */
  readonly run: () => Promise<void>
  /** How long to wait before a run, in milliseconds. */
  readonly delay: () => number
  /** `first`: from the first nudge on; `last`: until nobody has nudged for that long. */
  readonly after: 'first' | 'last'
}

export function createSoon({ run, delay, after }: SoonParts): Soon {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let isClosed = false

  const start = async (): Promise<void> => {
    timer = null
    isAskedAgain = false
    await run()
    running = null
    if (isAskedAgain) nudge()
  }
  const nudge = (): void => {
    if (isClosed) return
    if (running !== null) {
      isAskedAgain = true
      return
    }
    if (timer !== null && after === 'first') return
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      running = start()
    }, delay())
  }
  return {
    nudge,
    close: async () => {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
