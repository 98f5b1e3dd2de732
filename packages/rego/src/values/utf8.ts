/** Bytes as text. What is not UTF-8 is a replacement character for each byte, as Go prints it. */
export function textOfBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString()
  return text.includes('\ufffd') ? textByByte(bytes) : text
}

function textByByte(bytes: Uint8Array): string {
  const texts: string[] = []
  for (let at = 0; at < bytes.length;) {
    const length = lengthAt(bytes, at)
    texts.push(length === 0 ? '\ufffd' : Buffer.from(bytes.subarray(at, at + length)).toString())
    at += Math.max(length, 1)
  }
  return texts.join('')
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** How many bytes the character at this place has; 0 where there is none. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  try {
    decoder.decode(bytes.subarray(at, at + length))
    return Math.min(length, bytes.length - at)
  } catch {
    return 0
  }
}
