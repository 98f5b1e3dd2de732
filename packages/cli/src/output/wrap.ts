import type { Desk } from '../desk.ts'

// oxlint-disable-next-line no-control-regex -- a terminal's own
const style = /\u001b\[\d+m/g

/** Longer lines are hard to read, however wide a window is. */
const widest = 120

/** The text as it is where it goes to a file or a program, and broken between words where it goes to a terminal. */
export function fitted(
  text: string,
  { outIsTerminal, outColumns }: Pick<Desk, 'outIsTerminal' | 'outColumns'>,
): string {
  if (!outIsTerminal || outColumns === undefined) return text
  return wrapped(text, Math.min(outColumns, widest))
}

/**
 * Lines that are broken between words for a terminal of so many columns. What goes on stands below where its text began.
 * A line that stands in far is code, and a command is to be copied: both stay whole.
 */
export function wrapped(text: string, columns: number): string {
  return joined(text.split('\n'))
    .map((line) => (isWhole(line, columns) ? line : brokenLine(line, columns)))
    .join('\n')
}

/** The sentences of a fix were broken for the width of a file; here another one counts. */
function joined(lines: readonly string[]): readonly string[] {
  const whole: string[] = []
  let isFix = false
  for (const line of lines) {
    const last = whole.at(-1) ?? ''
    const goesOn = isFix && sentence.test(last) && /^ {12}\S/.test(line)
    if (goesOn) whole[whole.length - 1] = `${last} ${line.trimStart()}`
    else whole.push(line)
    isFix = fix.test(line) || (isFix && !/^ {0,11}\S/.test(line))
  }
  return whole
}

const fix = /^ {4}fix {5}\S/
const sentence = /^(?: {4}fix {5}| {12})\S/

const codeMargin = /^ {13}/
const command = /^ *writ /

function isWhole(line: string, columns: number): boolean {
  return lengthOf(line) <= columns || codeMargin.test(line) || command.test(line)
}

function lengthOf(text: string): number {
  return text.replace(style, '').length
}

/** `    fix     Write …`: the name of what is told, and its text. */
const named = /^ *(?:where|fix|rule|waiver|asked) +/

function brokenLine(line: string, columns: number): string {
  const [head = ''] = named.exec(line) ?? /^ */.exec(line) ?? []
  const lines: string[] = []
  let begun = head
  let isEmpty = true
  for (const word of line.slice(head.length).split(' ')) {
    if (!isEmpty && lengthOf(begun) + 1 + lengthOf(word) > columns) {
      lines.push(begun)
      begun = ' '.repeat(head.length)
      isEmpty = true
    }
    begun = isEmpty ? `${begun}${word}` : `${begun} ${word}`
    isEmpty = false
  }
  return [...lines, begun].join('\n')
}
