import { RegoError } from '../rego-error.ts'

const block = 512

type Header = {
  readonly name: string
  readonly type: string
  readonly size: number
}

/** The regular files of a tar archive by name, as ustar or pax writes them. Whatever else it holds is refused. */
export function readTar(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  let longName: string | null = null
  for (let at = 0; !isEnd(bytes, at);) {
    const { name, type, size } = headerAt(bytes, at)
    const content = contentAt(bytes, at + block, size)
    at += block + Math.ceil(size / block) * block
    if (type === 'x') longName = paxPath(content)
    else {
      if (type === '0') addFile(files, longName ?? name, content)
      else if (type !== '5')
        throw malformed(`${name} is of type ${type}: neither a file nor a folder`)
      longName = null
    }
  }
  return files
}

/** Names are relative to the bundle's root; one that leads out of it, or comes twice, is refused. */
function addFile(files: Map<string, Uint8Array>, written: string, content: Uint8Array): void {
  const name = written.replace(/^(?:\.?\/)+/, '')
  if (name === '' || name.split('/').some((step) => step === '..' || step === ''))
    throw malformed(`${written} is not a name inside the bundle`)
  if (files.has(name)) throw malformed(`${name} comes twice`)
  files.set(name, content)
}

function isEnd(bytes: Uint8Array, at: number): boolean {
  return at >= bytes.length || bytes.subarray(at, at + block).every((byte) => byte === 0)
}

function headerAt(bytes: Uint8Array, at: number): Header {
  const header = bytes.subarray(at, at + block)
  if (header.length < block) throw malformed('the archive ends inside a header')
  const sum = header.reduce((total, byte, place) => total + (inChecksum(place) ? 32 : byte), 0)
  if (octal(header, 148, 8) !== sum) throw malformed('a header does not match its checksum')
  const prefix = text(header, 345, 155)
  const name = text(header, 0, 100)
  const flag = String.fromCharCode(header[156] ?? 0)
  return {
    name: prefix === '' || text(header, 257, 5) !== 'ustar' ? name : `${prefix}/${name}`,
    type: flag === '\0' ? '0' : flag,
    size: octal(header, 124, 12),
  }
}

function inChecksum(place: number): boolean {
  return place >= 148 && place < 156
}

function contentAt(bytes: Uint8Array, start: number, size: number): Uint8Array {
  if (start + size > bytes.length) throw malformed('the archive ends inside a file')
  return bytes.subarray(start, start + size)
}

/** The path among a pax header's records, each of them `<length> <name>=<value>\n`. */
function paxPath(content: Uint8Array): string | null {
  const records = new TextDecoder().decode(content).split('\n')
  const path = records.find((record) => /^\d+ path=/.test(record))
  return path === undefined ? null : path.slice(path.indexOf('=') + 1)
}

function octal(header: Uint8Array, start: number, length: number): number {
  const written = text(header, start, length).trim()
  if (!/^[0-7]+$/.test(written))
    throw malformed(`a header holds ${JSON.stringify(written)} for a number`)
  return Number.parseInt(written, 8)
}

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end))
}

function malformed(reason: string): RegoError {
  return new RegoError('bundle_malformed', `the bundle cannot be read: ${reason}`)
}
