import { Fault } from '@writ/domain'

const newline = 0x0a
const maxBytes = 256 * 2 ** 20

type Chunks = AsyncIterable<Uint8Array>

/** The lines of a stream, without their ends; lines of nothing but space are left out. No more than a line is in memory. */
export async function* linesOf(chunks: Chunks): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, end)])
      if (!isBlank(line)) yield line
      begun = []
      length = 0
      from = end + 1
    }
    begun.push(chunk.subarray(from))
    length += chunk.length - from
    bound(length)
  }
  const last = Buffer.concat(begun)
  if (!isBlank(last)) yield last
}

export async function wholeOf(chunks: Chunks): Promise<Uint8Array> {
  const read: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    read.push(chunk)
    bound((length += chunk.length))
  }
  return Buffer.concat(read)
}

function bound(length: number): void {
  if (length > maxBytes)
    throw new Fault(
      'request-too-large',
      `One input may have at most ${maxBytes} bytes; is each on a line of its own?`,
    )
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}
