/** A fix in its parts: sentences, and lines to write, which stand in from the margin. */
export type RemedyPart = { readonly kind: 'words' | 'code'; readonly text: string }

export function remedyParts(remediation: string): readonly RemedyPart[] {
  const parts: { kind: RemedyPart['kind']; lines: string[] }[] = []
  for (const line of remediation.split('\n')) {
    const last = parts.at(-1)
    const kind = line === '' ? last?.kind : line.startsWith(' ') ? 'code' : 'words'
    if (kind === undefined) continue
    if (last?.kind === kind) last.lines.push(line)
    else parts.push({ kind, lines: [line] })
  }
  return parts.map(({ kind, lines }) => ({
    kind,
    text: kind === 'code' ? outdented(lines) : paragraphs(lines),
  }))
}

/** Where a paragraph breaks its lines is of no meaning. */
function paragraphs(lines: readonly string[]): string {
  return lines
    .join('\n')
    .trimEnd()
    .replace(/([^\n])\n(?!\n)/g, '$1 ')
}

function outdented(lines: readonly string[]): string {
  const margins = lines.filter((line) => line !== '').map((line) => line.search(/\S|$/))
  const margin = Math.min(...margins)
  return lines
    .map((line) => line.slice(margin))
    .join('\n')
    .trimEnd()
}

/** The fix as Markdown in which nothing is markup but the lines to write, and what stands between backticks. */
export function remedyMarkdown(remediation: string): string {
  return remedyParts(remediation)
    .map(({ kind, text }) => (kind === 'code' ? fenced(text) : escaped(text)))
    .join('\n\n')
}

function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([marks]) => marks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${code}\n${fence}`
}

/** A text as Markdown that means just that text; between backticks it is set as code. */
export function escaped(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/([\\`*_{}[\]()#+!|~$@])/g, '\\$1')
    .replace(/\\`([^`\n]*)\\`/g, '<code>$1</code>')
}
