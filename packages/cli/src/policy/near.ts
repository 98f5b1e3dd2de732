const shown = 3

/** The names that a mistyped one may have meant, nearest first. */
export function nearTo(typed: string, names: readonly string[]): readonly string[] {
  const wanted = typed.toLowerCase()
  const ranked = names
    .map((name) => ({ name, away: distance(wanted, name) }))
    .filter(({ name, away }) => away <= Math.max(2, wanted.length / 3) || name.includes(wanted))
  return ranked
    .toSorted((left, right) => left.away - right.away)
    .slice(0, shown)
    .map(({ name }) => name)
}

/** How many letters have to be typed, left out or changed (Levenshtein); a last part may stand for the whole name. */
function distance(typed: string, name: string): number {
  const last = name.split('.').at(-1) ?? name
  return Math.min(edits(typed, name), edits(typed, last))
}

function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [line, letter] of Array.from(from).entries()) {
    const next = [line + 1]
    for (const [at, other] of Array.from(to).entries()) {
      const [left, above, corner] = [next[at] ?? 0, row[at + 1] ?? 0, row[at] ?? 0]
      next.push(Math.min(left + 1, above + 1, corner + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
