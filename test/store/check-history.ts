/** One call of a client to the store, and what came of it. `began` and `ended` count the beginnings and ends of all calls. */
export type Call = {
  readonly session: string
  readonly began: number
  readonly ended: number
} & (
  | { readonly what: 'append'; readonly id: string; readonly sent: string; readonly stands: string | null } // prettier-ignore
  | { readonly what: 'get'; readonly id: string; readonly stands: string | null }
  | { readonly what: 'place'; readonly id: string; readonly index: number | null }
  | { readonly what: 'checkpoint'; readonly size: number; readonly root: string }
)

/** The log as it is in the end: the digest of each leaf in order, and its root when it had so many. */
export type FinalLog = {
  readonly leaves: readonly string[]
  readonly rootAt: (size: number) => string | null
}

/**
 * What is wrong with a history: knows nothing of how the store or the sealers work, and takes no call for earlier than another
 * unless it had ended before that one began. An append without an answer may have come about or not, at any time.
 */
export function amissInHistory(calls: readonly Call[], log: FinalLog): readonly string[] {
  return [
    ...amissInLog(calls, log),
    ...amissInRecords(calls),
    ...amissInPlaces(calls, log),
    ...amissInCheckpoints(calls, log),
  ]
}

/** Acknowledged and in the log is the same, once; and nothing is in it that nobody sent. */
function amissInLog(calls: readonly Call[], { leaves }: FinalLog): readonly string[] {
  const logged = new Set(leaves)
  const appends = calls.filter((call) => call.what === 'append')
  const sent = new Set(appends.map((call) => call.sent))
  return [
    ...appends.flatMap(({ id, stands }) =>
      stands !== null && !logged.has(stands)
        ? [`${id} was acknowledged and is not in the log`]
        : [],
    ),
    ...leaves.flatMap((leaf, place) =>
      leaves.indexOf(leaf) < place ? [`the entry at ${place} is in the log twice`] : [],
    ),
    ...leaves.flatMap((leaf, place) =>
      sent.has(leaf) ? [] : [`nobody sent the entry at ${place}`],
    ),
  ]
}

/** Under an id one entry stands, for whoever reads it after the first call that saw it has ended. */
function amissInRecords(calls: readonly Call[]): readonly string[] {
  const reads = calls.filter((call) => call.what === 'append' || call.what === 'get')
  return [...Map.groupBy(reads, ({ id }) => id)].flatMap(([id, ofId]) => {
    const found = ofId.filter(({ stands }) => stands !== null)
    const since = firstEnd(found)
    const missed = ofId.filter(
      (call) => call.what === 'get' && call.stands === null && since < call.began,
    )
    return [
      ...(new Set(found.map(({ stands }) => stands)).size > 1
        ? [`two entries stood under ${id}`]
        : []),
      ...missed.map(({ session }) => `${session} did not find ${id}, which stood already`),
    ]
  })
}

function firstEnd(calls: readonly Call[]): number {
  return Math.min(...calls.map(({ ended }) => ended))
}

/** An entry that has a place has it for ever, and it is the one in the log. */
function amissInPlaces(calls: readonly Call[], { leaves }: FinalLog): readonly string[] {
  const looks = calls.filter((call) => call.what === 'place')
  const appends = calls.filter((call) => call.what === 'append')
  return [...Map.groupBy(looks, ({ id }) => id)].flatMap(([id, ofId]) => {
    const found = ofId.filter(({ index }) => index !== null)
    const [first, ...others] = [...new Set(found.map(({ index }) => index ?? 0))]
    const since = firstEnd(found)
    const leaf = appends.find((call) => call.id === id && call.stands !== null)?.stands
    return [
      ...others.map((index) => `${id} had two places, ${first} and ${index}`),
      ...ofId.flatMap(({ index, began }) =>
        index === null && since < began ? [`${id} had the place ${first}, and then none`] : [],
      ),
      ...(first !== undefined && leaf !== undefined && leaves[first] !== leaf
        ? [`${id} had the place ${first}, where another entry is`]
        : []),
    ]
  })
}

/** Checkpoints never go back, cover every place that was told before, and are the log's. */
function amissInCheckpoints(calls: readonly Call[], log: FinalLog): readonly string[] {
  const checkpoints = calls.filter((call) => call.what === 'checkpoint')
  const least = calls.flatMap((call) => {
    if (call.what === 'checkpoint') return [{ ended: call.ended, size: call.size }]
    if (call.what === 'place' && call.index !== null)
      return [{ ended: call.ended, size: call.index + 1 }]
    return []
  })
  return checkpoints.flatMap(({ session, began, size, root }) => {
    const due = Math.max(0, ...least.filter(({ ended }) => ended < began).map((one) => one.size))
    return [
      ...(size < due
        ? [`${session} was shown ${size} entries after somebody had seen ${due}`]
        : []),
      ...(log.rootAt(size) === root ? [] : [`a checkpoint of ${size} entries is not the log's`]),
    ]
  })
}
