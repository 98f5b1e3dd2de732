import { readJson } from '@writ/contract'
import { createLocator, limits, masked, readDocuments } from '@writ/documents'
import { canonicalText } from '@writ/ledger'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const head = 'apiVersion: v1\nkind: X\nmetadata: {name: x}\n'
const bytes = (text: string) => new TextEncoder().encode(text)

/** Pieces that mean something to YAML, put together without a plan. */
const piece = fc.constantFrom(
  'a', 'b: ', 'c:\n', '- ', '? ', ': ', '\n', '\n  ', '\n    ', '\t', '"', "'", '[', ']', '{', '}', ',', '&x ', '*x', '<<: ', '|\n', '>-\n',
  '# ', '---\n', '...\n', '%TAG ! x\n', '!!str ', '!y ', '~', 'yes', '0x1F', '.inf', '1e999', '9007199254740993', '__proto__: ', '\\ud800', '\\', '{{ x }}',
  'items:\n', 'apiVersion: v1\n', 'kind: List\n', 'metadata: {name: a}\n', 'on: push\njobs: {}\n', '\uFEFF', '\u0085', 'é', '\r\n', '$patch: delete\n',
  'FROM a', 'RUN ', 'ENV ', 'COPY ', 'ARG B=', '\\\n', '<<EOF', 'EOF\n', '$(', '`', '${B:-', '--from=x ', 'openapi: 3.1.0\ninfo: {}\n', '["x"]',
  '{"format_version":"1.2","terraform_version":"1"', ',"resource_changes":[', '{"address":"a","type":"b","change":{"actions":["create"]', ',"after":{"password":', '"after_sensitive":true',
) // prettier-ignore
const nonsense = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
const path = fc.constantFrom('a.yaml', 'a.json', '-', '.github/workflows/a.yml', 'a.txt', 'Dockerfile') // prettier-ignore

test('whatever a file holds, it is read without a throw, and so is every place in it', () => {
  fc.assert(
    fc.property(path, fc.boolean(), nonsense, (name, isObject, text) => {
      const file = { path: name, bytes: bytes(isObject ? head + text : text) }
      const reading = readDocuments(file)
      const places = reading.status === 'documents' ? reading.places : new Map()
      const locator = createLocator(file, places)
      for (const pointer of ['', '/a', '/b/0', '/items/0/a', null]) {
        const { line, column } = locator(0, pointer)
        expect(line).toBeGreaterThan(0)
        expect(column).toBeGreaterThan(0)
      }
      if (reading.status === 'broken') expect(reading.message).not.toBe('')
    }),
    { numRuns: 2000 },
  )
})

test('a Dockerfile can be sent as it is, too', () => {
  let documents = 0
  fc.assert(
    fc.property(nonsense, (text) => {
      const reading = readDocuments({ path: 'Dockerfile', bytes: bytes(`FROM a\nRUN ${text}`) })
      if (reading.status !== 'documents') return
      documents += 1
      const sent = { context: { documents: reading.documents } }
      expect(canonicalText(readJson(bytes(JSON.stringify(sent))))).toBe(canonicalText(sent))
    }),
    { numRuns: 1000 },
  )
  expect(documents).toBeGreaterThan(50)
})

test('bytes of any kind are read without a throw', () => {
  fc.assert(
    fc.property(path, fc.uint8Array({ maxLength: 200 }), (name, some) => {
      readDocuments({ path: name, bytes: some })
      readDocuments({ path: name, bytes: Uint8Array.from([...bytes(head), ...some]) })
    }),
    { numRuns: 300 },
  )
})

test('what is read can be sent as it is: the door takes it and finds the same values', () => {
  let documents = 0
  fc.assert(
    fc.property(nonsense, (text) => {
      // The door has no member of this name (see contract); a file may.
      fc.pre(!text.includes('__proto__'))
      const reading = readDocuments({ path: 'a.yaml', bytes: bytes(head + text) })
      if (reading.status !== 'documents') return
      documents += 1
      const sent = JSON.stringify({ context: { documents: reading.documents } })
      const received = readJson(bytes(sent))
      expect(canonicalText(received)).toBe(
        canonicalText({ context: { documents: reading.documents } }),
      )
    }),
    { numRuns: 2000 },
  )
  expect(documents).toBeGreaterThan(50)
})

test('a member called __proto__ is a member, and nothing is inherited from it', () => {
  const text = `${head}__proto__: {polluted: true}\n`
  const reading = readDocuments({ path: 'a.yaml', bytes: bytes(text) })
  if (reading.status !== 'documents') throw new Error(JSON.stringify(reading))
  const content = reading.documents[0]?.content
  expect(JSON.stringify(content)).toContain('"__proto__":{"polluted":true}')
  expect(Object.getPrototypeOf(content)).toBe(Object.prototype)
})

test('the deepest document that is read can be sent', () => {
  const depth = limits.depth - 1
  const text = `${head}x: ${'['.repeat(depth)}1${']'.repeat(depth)}\n`
  const reading = readDocuments({ path: 'a.yaml', bytes: bytes(text) })
  if (reading.status !== 'documents') throw new Error(JSON.stringify(reading))
  const sent = JSON.stringify({ context: { documents: reading.documents } })
  expect(() => readJson(bytes(sent))).not.toThrow()
})

test('what a Secret holds is in no reading, however it is written', () => {
  const value = fc.constantFrom(
    'hunter2',
    '"hunter2"',
    '|-\n    hunter2',
    '!!str hunter2',
    '&x hunter2',
  )
  const field = fc.constantFrom('data', 'stringData', '"data"', '? data\n', '"\\u0064ata"')
  fc.assert(
    fc.property(field, value, fc.boolean(), (name, secret, isList) => {
      const object = `apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n${name}:\n  password: ${secret}\n`
      const item = object.trimEnd().replaceAll('\n', '\n  ')
      const text = isList ? `apiVersion: v1\nkind: List\nitems:\n- ${item}\n` : object
      const said = JSON.stringify(readDocuments({ path: 'a.yaml', bytes: bytes(text) }))
      expect(said).toContain(masked)
      expect(said).not.toContain('hunter2')
    }),
    { numRuns: 50 },
  )
})
