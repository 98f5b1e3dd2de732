type Call = (...args: readonly number[]) => number
type Imports = { [name: string]: Call }
type Sink = (fd: 1 | 2, bytes: Uint8Array) => void

type Captured = {
  readonly imports: Imports
  readonly onChunk: (sink: Sink) => void
  /** The program's memory, once there is one. */
  readonly use: (memory: unknown) => void
}

type Native = { readonly [name: string]: unknown }
type Bytes = () => ArrayBuffer

/**
 * WASI's imports with the standard streams taken away from the process: what the program writes goes to a sink, and it
 * reads the given input instead of ours.
 */
export function captured(native: Native, stdin: Uint8Array): Captured {
  let memory: { readonly buffer: ArrayBuffer } | null = null
  let sink: Sink = () => undefined
  const buffer = (): ArrayBuffer => {
    if (memory === null) throw new TypeError('the program has no memory yet')
    return memory.buffer
  }
  const names = Object.keys(native)
  return {
    imports: {
      ...Object.fromEntries(names.map((name) => [name, callOf(native, name)])),
      fd_write: writer(native, buffer, (fd, bytes) => sink(fd, bytes)),
      fd_read: reader(native, buffer, stdin),
    },
    onChunk: (to) => {
      sink = to
    },
    use: (given) => {
      memory = memoryOf(given)
    },
  }
}

function writer(native: Native, buffer: Bytes, sink: Sink): Call {
  const other = callOf(native, 'fd_write')
  return (...args) => {
    const [fd = 0, iovs = 0, count = 0, written = 0] = args
    if (fd !== 1 && fd !== 2) return other(...args)
    const parts = buffersAt(buffer(), iovs, count)
    for (const part of parts) sink(fd, part.slice())
    setTotal(buffer(), written, sum(parts))
    return 0
  }
}

function reader(native: Native, buffer: Bytes, stdin: Uint8Array): Call {
  const other = callOf(native, 'fd_read')
  let read = 0
  return (...args) => {
    const [fd = 0, iovs = 0, count = 0, taken = 0] = args
    if (fd !== 0) return other(...args)
    const before = read
    for (const part of buffersAt(buffer(), iovs, count)) {
      const piece = stdin.subarray(read, read + part.length)
      part.set(piece)
      read += piece.length
    }
    setTotal(buffer(), taken, read - before)
    return 0
  }
}

function callOf(native: Native, name: string): Call {
  const call = native[name]
  if (typeof call !== 'function') throw new TypeError(`this Node's WASI has no ${name}`)
  return (...args) => call(...args)
}

function memoryOf(given: unknown): { readonly buffer: ArrayBuffer } {
  if (given instanceof WebAssembly.Memory) return given
  throw new TypeError('the program exports no memory')
}

function buffersAt(buffer: ArrayBuffer, iovs: number, count: number): readonly Uint8Array[] {
  const view = new DataView(buffer)
  return Array.from({ length: count }, (_, at) => {
    const [start, length] = [
      view.getUint32(iovs + 8 * at, true),
      view.getUint32(iovs + 8 * at + 4, true),
    ]
    return new Uint8Array(buffer, start, length)
  })
}

function setTotal(buffer: ArrayBuffer, at: number, total: number): void {
  new DataView(buffer).setUint32(at, total, true)
}

function sum(parts: readonly Uint8Array[]): number {
  return parts.reduce((total, { length }) => total + length, 0)
}
