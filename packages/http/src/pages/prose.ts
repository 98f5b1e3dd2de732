import { html, type Html } from './html.ts'

/** The prose of a rule: paragraphs, lines of code between ``` fences, and `code` in a line. Nothing else is markup. */
export function prose(text: string): Html {
  const blocks = text.split(/^```[^\n]*$/m)
  return html`${blocks.map((block, place) => (place % 2 === 1 ? codeBlock(block) : paragraphs(block)))}`
}

function codeBlock(block: string): Html {
  return html`<pre class="lines"><code>${atMargin(block.replace(/^\n+|\s+$/g, ''))}</code></pre>`
}

function paragraphs(block: string): Html {
  const texts = block.split(/\n\s*\n/).filter((text) => text.trim() !== '')
  return html`${texts.map((text) => (isCode(text) ? codeBlock(text) : html`<p>${inline(text.trim())}</p>`))}`
}

/** Lines that all stand in from the margin are lines to write. */
function isCode(text: string): boolean {
  return text.split('\n').every((line) => line === '' || /^( {2,}|\t)/.test(line))
}

/** The lines without the indentation that all of them share. */
function atMargin(block: string): string {
  const lines = block.split('\n')
  const indents = lines.flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/)]))
  const margin = Math.min(...indents)
  return lines.map((line) => line.slice(margin)).join('\n')
}

/** One line of text in which `code` is code. */
export function inline(text: string): Html {
  const pieces = text.split(/`([^`\n]+)`/)
  return html`${pieces.map((piece, place) => (place % 2 === 1 ? html`<code>${piece}</code>` : piece))}`
}
