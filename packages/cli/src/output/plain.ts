// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/**
 * Text from a file or a service as a terminal may show it: nothing in it can move the cursor, turn the reading direction, or
 * be taken by a CI runner for one of its commands, which begin a line with `::`.
 */
export function plain(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(control, escaped)
    .replace(/^(\s*):(?=:)/gm, '$1\\:')
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plain(text.replace(/\s*[\r\n]+\s*/g, ' '))
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** “1 file”, “3,000 files”. */
export function counted(count: number, thing: string, many: string = `${thing}s`): string {
  // The same by `toLocaleString` takes 16 ms the first time.
  const digits = String(count).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ',')
  return `${digits} ${count === 1 ? thing : many}`
}
