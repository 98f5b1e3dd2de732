import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RegoError } from '../rego-error.ts'
import { readBundle } from './bundle.ts'
import { readTar } from './tar.ts'

type Member = {
  readonly name: string
  readonly content?: string
  readonly type?: string
  readonly size?: number
  readonly prefix?: string
}

/** An archive as tar writes it. */
function archive(members: readonly Member[]): Uint8Array {
  return Buffer.concat([...members.map(packed), Buffer.alloc(1024)])
}

function packed({ name, content = '', type = '0', size, prefix = '' }: Member): Uint8Array {
  const body = Buffer.from(content)
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write((size ?? body.length).toString(8).padStart(11, '0'), 124)
  header.write(' '.repeat(8), 148)
  header.write(type, 156)
  header.write('ustar\u000000', 257)
  header.write(prefix, 345)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}

function textsOf(files: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  return Object.fromEntries(
    [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  )
}

test('a bundle of opa build holds its module, data and manifest', () => {
  const files = readBundle(readFileSync(new URL('../fixtures/cases.tar.gz', import.meta.url)))
  expect([...files.keys()].sort()).toEqual(['.manifest', 'cases.rego', 'data.json', 'policy.wasm'])
  expect(Array.from(files.get('policy.wasm') ?? []).slice(0, 4)).toEqual([0x00, 0x61, 0x73, 0x6d])
})

test('folders are left out, and names lose their leading slash', () => {
  const bytes = archive([
    { name: 'a/', type: '5' },
    { name: '/a/b', content: 'x' },
    { name: './c' },
  ])
  expect(textsOf(readTar(bytes))).toEqual({ 'a/b': 'x', c: '' })
})

test('long names are read as ustar and as pax write them', () => {
  const pax = `${'p'.repeat(120)}.json`
  const bytes = archive([
    { name: 'b', prefix: 'a'.repeat(100), content: 'ustar' },
    { name: 'header', type: 'x', content: `11 mtime=1\n${pax.length + 9} path=${pax}\n` },
    { name: 'cut', content: 'pax' },
    { name: 'after', content: 'plain' },
  ])
  expect(textsOf(readTar(bytes))).toEqual({
    [`${'a'.repeat(100)}/b`]: 'ustar',
    [pax]: 'pax',
    after: 'plain',
  })
})

const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['a link', archive([{ name: 'a', type: '2' }]), /neither a file nor a folder/],
  ['a name that leads out', archive([{ name: '../a' }]), /not a name inside/],
  ['the same name twice', archive([{ name: 'a' }, { name: '/a' }]), /comes twice/],
  ['an end inside a file', archive([{ name: 'a', size: 4000 }]), /ends inside a file/],
  ['an end inside a header', archive([{ name: 'a' }]).subarray(0, 300), /ends inside a header/],
  ['a damaged header', archive([{ name: 'a' }]).with(0, 0x62), /checksum/],
]

test.each(refused)('%s is refused', (_, bytes, message) => {
  expect(() => readTar(bytes)).toThrow(message)
})

test('what is not gzip is refused', () => {
  expect(() => readBundle(Buffer.from('PK'))).toThrow(RegoError)
})

test('whatever the bytes are, they are read or refused by name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1600 }), (bytes) => {
      try {
        return readBundle(gzipSync(bytes)).size >= 0
      } catch (thrown) {
        return thrown instanceof RegoError
      }
    }),
  )
})
