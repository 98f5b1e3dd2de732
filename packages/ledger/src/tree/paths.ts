/** Some leaves that stand together: from the first to before the last. */
export type Span = { readonly from: number; readonly to: number }

/** The largest power of two below a number of at least 2: where RFC 6962 parts a tree. */
export function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

/**
 * The subtrees whose roots prove that a leaf is in a tree, from the leaf upwards (RFC 6962, 2.1.1). The leaf must be in it:
 * `0 ≤ index < size`.
 */
export function inclusionSpans(index: number, size: number): readonly Span[] {
  refuseUnless(index >= 0 && index < size)
  const spans: Span[] = []
  let span = { from: 0, to: size }
  while (span.to - span.from > 1) {
    const middle = span.from + splitOf(span.to - span.from)
    const [left, right] = [
      { from: span.from, to: middle },
      { from: middle, to: span.to },
    ]
    spans.push(index < middle ? right : left)
    span = index < middle ? left : right
  }
  return spans.toReversed()
}

/**
 * The subtrees whose roots prove that a tree of `size` begins with one of `earlier` (RFC 6962, 2.1.2); none when they are
 * equal or the earlier one is empty. `0 ≤ earlier ≤ size`.
 */
export function consistencySpans(earlier: number, size: number): readonly Span[] {
  refuseUnless(earlier >= 0 && earlier <= size)
  if (earlier === 0 || earlier === size) return []
  const spans: Span[] = []
  let span = { from: 0, to: size }
  while (span.to !== earlier) {
    const middle = span.from + splitOf(span.to - span.from)
    const [left, right] = [
      { from: span.from, to: middle },
      { from: middle, to: span.to },
    ]
    spans.push(earlier <= middle ? right : left)
    span = earlier <= middle ? left : right
  }
  // The whole earlier tree: whoever checks has its root already.
  return span.from === 0 ? spans.toReversed() : [span, ...spans.toReversed()]
}

function refuseUnless(holds: boolean): void {
  if (!holds) throw new RangeError('there is no such proof: the sizes contradict each other')
}
