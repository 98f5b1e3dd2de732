import type { Document } from '@writ/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDocuments, sizeOf, splitChangeSet } from './index.ts'

function aDocument(id: string, content = ''): Document {
  return { type: 'kubernetes/Pod', id, path: 'a.yaml', index: 0, operation: 'update', content }
}

test('what fits is one part, and nothing is none', () => {
  const documents = [aDocument('a'), aDocument('b')]
  expect(splitChangeSet(documents)).toEqual({ status: 'split', parts: [documents] })
  expect(splitChangeSet([])).toEqual({ status: 'split', parts: [] })
})

test('a thousand documents and one more are two parts', () => {
  const documents = Array.from({ length: 1001 }, (_, at) => aDocument(`${at}`))
  const split = splitChangeSet(documents)
  expect(split.status === 'split' && split.parts.map((part) => part.length)).toEqual([1000, 1])
})

test('a document that no part can hold is named, by its bytes in UTF-8', () => {
  const documents = [aDocument('a'), aDocument('b', 'é'.repeat(100))]
  const bounds = { maxDocuments: 10, maxBytes: 250 }
  const size = Buffer.byteLength(JSON.stringify(documents[1])) + 1
  expect(splitChangeSet(documents, bounds)).toEqual({
    status: 'oversized',
    oversized: [{ position: 1, bytes: size }],
  })
})

test('parts keep the order and the bounds, and none could take in the first document of the next', () => {
  const bounds = { maxDocuments: 4, maxBytes: 400 }
  const sizeOf = (part: readonly Document[]) => Buffer.byteLength(JSON.stringify(part)) - 1
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 100 }), { maxLength: 30 }), (texts) => {
      const documents = texts.map((text, at) => aDocument(`${at}`, text.toWellFormed()))
      const split = splitChangeSet(documents, bounds)
      if (split.status === 'oversized') return split.oversized.every(({ bytes }) => bytes > 400)
      expect(split.parts.flat()).toEqual(documents)
      for (const [at, part] of split.parts.entries()) {
        expect(part.length).toBeLessThanOrEqual(bounds.maxDocuments)
        expect(sizeOf(part)).toBeLessThanOrEqual(bounds.maxBytes)
        const next = split.parts[at + 1]?.slice(0, 1) ?? []
        const isFull =
          part.length === bounds.maxDocuments || sizeOf([...part, ...next]) > bounds.maxBytes
        expect(next.length === 0 || isFull).toBe(true)
      }
      return true
    }),
  )
})

const costly: readonly (readonly [string, string])[] = [
  ['escapes', `a: "${'\\x01\\x02\\x03\\"\\\\\\u00e9'.repeat(2000)}"`],
  ['other tongues', 'a: größer — 日本\n日: 本'],
  ['short numbers that are long', `a: [${'1e15, .1, 0x1fffffffffffff, '.repeat(2000)}1]`],
  ['nothing', 'a:\nb:\nc: [~, ~, ~]'],
  ['aliases', 'a: &a [x, y, z]\nb: [*a, *a, *a, *a]\nc: {<<: {d: e}}'],
  ['keys that are no texts', '1: a\ntrue: b\n0x10: c'],
  [
    'a secret',
    `kind: Secret\ndata: {${Array.from({ length: 5000 }, (_, at) => `k${at}: x`).join(', ')}}`,
  ],
]

test.each(costly)('documents with %s have no more bytes than is said of them', (_, text) => {
  const { kind = 'X' } = /^kind: (?<kind>\w+)/.exec(text)?.groups ?? {}
  const body = text.replace(/^kind: \w+\n/, '')
  const one = `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x}\n${body}\n`
  const items = '{metadata: {name: a}}, '.repeat(30)
  const list = `apiVersion: v1${'1'.repeat(900)}\nkind: PodList\nitems: [${items}]\n`
  const bytes = new TextEncoder().encode(`${one}---\n${list}`)
  const reading = readDocuments({ path: 'a.yaml', bytes })
  if (reading.status !== 'documents') throw new Error(JSON.stringify(reading))
  const exact = reading.documents.reduce((sum, document) => sum + sizeOf(document), 0)
  expect(exact).toBeLessThanOrEqual(reading.mostBytes)
})
