import { gzipSync } from 'node:zlib'

const block = 512
const shortName = 100

/**
 * A `tar.gz` as OPA reads bundles: names from the root, nothing of who packed it or when. Equal files give equal tar bytes;
 * what gzip makes of them may differ from one zlib to the next, so that digests are taken of the files.
 */
export function packArchive(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const names = [...files.keys()].toSorted()
  const members = names.flatMap((name) => memberOf(`/${name}`, files.get(name) ?? new Uint8Array()))
  return gzipSync(Buffer.concat([...members, Buffer.alloc(2 * block)]), { level: 9 })
}

/** A name that has no room in a header comes before it, in a record of its own (pax). */
function memberOf(name: string, content: Uint8Array): readonly Uint8Array[] {
  const member = [header(name, '0', content.length), content, padding(content)]
  if (Buffer.byteLength(name) <= shortName) return member
  const record = paxRecord('path', name)
  return [header('/pax', 'x', record.length), record, padding(record), ...member]
}

function header(name: string, type: string, size: number): Uint8Array {
  const bytes = Buffer.alloc(block)
  bytes.write(name, 0, shortName)
  bytes.write('0000600\u00000000000\u00000000000\u0000', 100)
  bytes.write(`${size.toString(8).padStart(11, '0')}\u000000000000000\u0000`, 124)
  bytes.write(' '.repeat(8), 148)
  bytes.write(type, 156)
  bytes.write('ustar\u000000', 257)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148)
  return bytes
}

/** `<length> <name>=<value>\n`, where the length counts its own digits too. */
function paxRecord(name: string, value: string): Uint8Array {
  const rest = ` ${name}=${value}\n`
  const bare = Buffer.byteLength(rest)
  let length = bare
  while (length !== bare + String(length).length) length = bare + String(length).length
  return Buffer.from(`${length}${rest}`)
}

function padding({ length }: Uint8Array): Uint8Array {
  return Buffer.alloc((block - (length % block)) % block)
}
