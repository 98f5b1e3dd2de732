import type { Block, Page } from '@writ/compiler'

/** A page as Markdown; Prettier gives it its last shape. */
export function pageMarkdown({ title, blocks, sections }: Page): string {
  const parts = [
    `# ${escaped(title)}`,
    ...blocks.map(blockMarkdown),
    ...sections.flatMap(({ heading, blocks: own }) => [
      `## ${escaped(heading)}`,
      ...own.map(blockMarkdown),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

function blockMarkdown(block: Block): string {
  if (block.type === 'text') return escaped(block.text)
  if (block.type === 'table') return tableMarkdown(block.head, block.rows.map(escapedCells))
  const runs = [...block.text.matchAll(/^\s*(`{3,})/gm)].map(([, run = '']) => run.length)
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)))
  return `${fence}${block.language}\n${block.text}\n${fence}`
}

/** A table of cells that are Markdown already. */
export function tableMarkdown(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function escapedCells(row: readonly string[]): readonly string[] {
  return row.map((cell) => escaped(cell).replaceAll('|', '\\|').replaceAll('\n', ' '))
}

/** Plain text in which only what stands in backquotes means anything. */
export function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll(/[\\*_<>[\]#]/g, String.raw`\$&`)))
    .join('')
}
