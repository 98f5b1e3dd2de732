/** What the lexer of a builder sees as one word; quotes and escapes are still in it, joints between lines are not. */
export type Word = { readonly text: string; readonly line: number }

type Patterns = { readonly word: RegExp; readonly quoted: RegExp; readonly escaped: RegExp }

const backslash = patternsOf('\\\\')
const backtick = patternsOf('`')

/** `#` stands for the escape character. A joint is a backslash and a line break, whatever that character is. */
function patternsOf(escape: string): Patterns {
  const word = String.raw`(?:\\\n|#[\s\S]?|"(?:\\\n|#[\s\S]|[^"#])*"?|'[^']*'?|[^\s"'#])+`
  const quoted = String.raw`'([^']*)'?|"((?:#[\s\S]|[^"#])*)#?"?|#([\s\S]?)`
  return {
    word: new RegExp(word.replaceAll('#', escape), 'g'),
    quoted: new RegExp(quoted.replaceAll('#', escape), 'g'),
    escaped: new RegExp(String.raw`#(["$#])`.replaceAll('#', escape), 'g'),
  }
}

function patterns(escape: string): Patterns {
  return escape === '`' ? backtick : backslash
}

/** The words of a text that begins on a line, each with its own line. */
export function lexed(text: string, line: number, escape: string): readonly Word[] {
  const words: Word[] = []
  let end = 0
  let at = line
  for (const found of text.matchAll(patterns(escape).word)) {
    const inside = /^(?:\\\n)+/.exec(found[0])?.[0].length ?? 0
    at += newlines(text.slice(end, found.index + inside))
    end = found.index + inside
    const plain = joined(found[0])
    if (plain !== '') words.push({ text: plain, line: at })
  }
  return words
}

/** Without the joints between its lines. */
export function joined(text: string): string {
  return text.replaceAll('\\\n', '')
}

/** As the builder reads it: quotes gone, and escapes; in double quotes only those of quotes, dollars and themselves. */
export function unquoted(text: string, escape: string): string {
  const { quoted, escaped } = patterns(escape)
  return text.replaceAll(quoted, (_, ...[single, double, one]: (string | undefined)[]) =>
    double === undefined ? (single ?? one ?? '') : double.replaceAll(escaped, '$1'),
  )
}

export function newlines(text: string): number {
  return text.split('\n').length - 1
}
