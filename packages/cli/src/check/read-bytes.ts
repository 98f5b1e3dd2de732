import { closeSync, openSync, readSync } from 'node:fs'

/** The bytes of a file, but never more than `maxBytes`: a device or a growing file must not fill the memory. */
export function readBytes(file: string, size: number, maxBytes: number): Uint8Array {
  const descriptor = openSync(file, 'r')
  try {
    return size > 0 ? read(descriptor, Math.min(size, maxBytes)) : drain(descriptor, maxBytes)
  } finally {
    closeSync(descriptor)
  }
}

function read(descriptor: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let filled = 0
  while (filled < size) {
    const got = readSync(descriptor, bytes, filled, size - filled, null)
    if (got === 0) break
    filled += got
  }
  return bytes.subarray(0, filled)
}

/** Pipes, and files of a virtual file system, do not say how long they are. */
function drain(descriptor: number, maxBytes: number): Uint8Array {
  const chunks: Uint8Array[] = []
  let left = maxBytes
  while (left > 0) {
    const chunk = read(descriptor, Math.min(left, 65_536))
    if (chunk.length === 0) break
    chunks.push(chunk)
    left -= chunk.length
  }
  return Buffer.concat(chunks)
}
