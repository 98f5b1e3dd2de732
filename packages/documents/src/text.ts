import { isPlanText } from './detect.ts'

/** A file's bytes as text, or the reason why they are none. Lines count from 1. */
export type Decoded =
  | { readonly status: 'text'; readonly text: string }
  /** `text` is a reading good enough to tell what the file was meant to be. */
  | {
      readonly status: 'refused'
      readonly text: string
      readonly message: string
      readonly line: number
    }
  | { readonly status: 'binary' }

/**
 * UTF-8, with or without a byte order mark. UTF-16 and torn UTF-8 are refused in words; a null byte means binary. A plan
 * may be UTF-16: that is what `terraform show -json PLAN > plan.json` writes in Windows PowerShell.
 */
export function decode(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes)
  if (wide !== null) return decodeWide(new TextDecoder(wide).decode(bytes))
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(0))
    return { status: 'binary' }
  try {
    return { status: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes)
    const message = 'the file is not UTF-8 from this line on: save it as UTF-8'
    return { status: 'refused', text, message, line: lineAt(text, text.indexOf('\uFFFD')) }
  }
}

function decodeWide(text: string): Decoded {
  if (isPlanText(text) && !text.includes('\uFFFD')) return { status: 'text', text }
  const message = 'the file is UTF-16; only UTF-8 is read: save it as UTF-8'
  return { status: 'refused', text, message, line: 1 }
}

/** The line, from 1, on which an offset lies. A carriage return alone ends a line too, as in YAML. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1
  for (let at = text.indexOf('\r'); at !== -1 && at < offset; at = text.indexOf('\r', at + 1))
    if (text[at + 1] !== '\n') line += 1
  return line
}

/** The column, from 1, at which an offset lies. */
export function columnAt(text: string, offset: number): number {
  const before = text.slice(0, Math.max(0, offset))
  return before.length - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'))
}

/** By its byte order mark; without one, its null bytes make it binary, as they do to kubectl. */
function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}
