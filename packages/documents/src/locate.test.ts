import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node } from 'yaml'
import { createLocator, readDocuments, type Locator, type NamedBytes } from './index.ts'

const file = `# Source: shop/templates/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {a/b: x, "c~d": y}
spec:
  template:
    spec:
      containers:
        # the first
        - name: web
          securityContext: &tight
            privileged: false
        - image: x
          name: side
          securityContext: *tight
        - <<: {name: merged, image: z}
          securityContext:
            <<: [*tight, {extra: 1}]
      tolerations: []
      args:
        -
        - |
          text
---

---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: {name: a}
  - apiVersion: v1
    kind: Pod
    metadata:
      name: b
    spec:
      hostNetwork: yes
---
on: push
jobs:
  on: {runs-on: x}
`
const bytes = (text: string) => new TextEncoder().encode(text)

function locatorOf(read: NamedBytes): Locator {
  const reading = readDocuments(read)
  return createLocator(read, reading.status === 'documents' ? reading.places : new Map())
}

const containers = '/spec/template/spec/containers'

describe('a pointer leads to the line where it is written', () => {
  const cases: readonly [string, number, string | null, number, number][] = [
    ['the document', 0, null, 2, 1],
    ['its root', 0, '', 2, 1],
    ['a member', 0, '/metadata/name', 5, 3],
    ['a key with a slash', 0, '/metadata/annotations/a~1b', 6, 17],
    ['a quoted key with a tilde', 0, '/metadata/annotations/c~0d', 6, 26],
    ['an item, past its comment', 0, `${containers}/0`, 12, 11],
    ['a member of an item', 0, `${containers}/1/name`, 16, 11],
    ['an alias itself', 0, `${containers}/1/securityContext`, 17, 11],
    ['through an alias', 0, `${containers}/1/securityContext/privileged`, 14, 13],
    ['through a merge', 0, `${containers}/2/image`, 18, 30],
    ['through a list of merges', 0, `${containers}/2/securityContext/privileged`, 14, 13],
    ['through the second of them', 0, `${containers}/2/securityContext/extra`, 20, 27],
    ['a missing member: its parent', 0, '/spec/template/spec/securityContext/runAsNonRoot', 9, 5],
    ['a missing item: its list', 0, '/spec/template/spec/tolerations/0', 21, 7],
    ['no number in a list: the list', 0, `${containers}/first`, 10, 7],
    ['a number with a sign: the list', 0, `${containers}/-1`, 10, 7],
    ['below a value: the value', 0, '/kind/x/y', 3, 1],
    ['an item without a value: its list', 0, '/spec/template/spec/args/0', 22, 7],
    ['an item that is a block', 0, '/spec/template/spec/args/1', 24, 11],
    ['an item of a list', 2, '', 32, 5],
    ['a member of an item of a list', 3, '/spec/hostNetwork', 40, 7],
    ['a missing member of an item of a list', 3, '/spec/x', 39, 5],
    ["a workflow's on", 4, '/on', 42, 1],
    ['a job called on', 4, '/jobs/on/runs-on', 44, 8],
    ['an empty document: the first line', 1, null, 1, 1],
    ['no document: the first line', 99, null, 1, 1],
  ]
  test.each(cases)('%s: %i %s', (_, index, pointer, line, column) => {
    const locator = locatorOf({ path: 'a.yaml', bytes: bytes(file) })
    expect(locator(index, pointer)).toEqual({ line, column })
  })

  test('with carriage returns, too', () => {
    const text = file.replaceAll('\n', '\r\n')
    const locator = locatorOf({ path: 'a.yaml', bytes: bytes(text) })
    expect(locator(3, '/spec/hostNetwork')).toEqual({ line: 40, column: 7 })
  })

  test('on JSON of one line by the column', () => {
    const text = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"x":1}}'
    const locator = locatorOf({ path: 'a.json', bytes: bytes(text) })
    expect(locator(0, '/spec/x').column).toBe(text.indexOf('"x"') + 2)
  })

  test('where a line inside brackets is indented less than its key', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  x: [\n {p: 1,\n   q: 2\n  }]\n'
    const locator = locatorOf({ path: 'a.yaml', bytes: bytes(text) })
    expect(locator(0, '/spec/x/0/p')).toEqual({ line: 6, column: 3 })
    expect(locator(0, '/spec/x/0/q')).toEqual({ line: 7, column: 4 })
  })

  test('what cannot be read has a first line', () => {
    const locator = locatorOf({ path: 'a.yaml', bytes: Uint8Array.of(0, 1) })
    expect(locator(0, '/x')).toEqual({ line: 1, column: 1 })
  })
})

/** A value as another parser sees it: with the line of each member and item. */
function linesIn(node: unknown, lineOf: (node: Node) => number): readonly [string, number][] {
  if (isMap<Node, Node | null>(node))
    return node.items.flatMap(({ key, value }) => {
      const step = `/${isScalar(key) ? String(key.value).replaceAll('~', '~0').replaceAll('/', '~1') : ''}`
      return [[step, lineOf(key)], ...below(step, linesIn(value, lineOf))]
    })
  if (isSeq<Node>(node))
    return node.items.flatMap((item, at) => [
      [`/${at}`, lineOf(item)],
      ...below(`/${at}`, linesIn(item, lineOf)),
    ])
  return []
}

function below(step: string, lines: readonly [string, number][]): readonly [string, number][] {
  return lines.map(([pointer, line]) => [step + pointer, line])
}

const key = fc.constantFrom('a', 'b', 'c/d', 'e~f', 'with space', 'g.h')
const leaf = fc.constantFrom('1', 'x y', '"q: # z"', "'s'", '{u: 1, w: [2, 3]}', '[4, {t: 5}]', '|\n$  block\n$  --- x', '>-\n$  folded\n\n$  more', '# note\n$  v') // prettier-ignore
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 3 }),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
  ),
})).node

/** YAML as people write it, with comments and blank lines between. */
function written(value: unknown, indent: string): string {
  if (typeof value === 'string') return ` ${value.replaceAll('$', indent)}\n`
  if (Array.isArray(value))
    return `\n${value.map((item) => `${indent}# item\n${indent}-${written(item, `${indent}  `)}`).join('')}`
  const members = Object.entries(value as object)
  return `\n${members.map(([name, member]) => `\n${indent}${name}:${written(member, `${indent}  `)}`).join('')}`
}

describe('another parser agrees', () => {
  const head = 'apiVersion: v1\nkind: X\nmetadata: {name: x}\nspec:'
  const streams = fc.array(tree, { minLength: 1, maxLength: 3 })

  test('on how many documents there are, what they hold, and on which line each part stands', () => {
    fc.assert(
      fc.property(streams, (trees) => {
        const text = trees.map((value) => `${head}${written(value, '  ')}`).join('---\n')
        const reading = readDocuments({ path: 'a.yaml', bytes: bytes(text) })
        if (reading.status !== 'documents') throw new Error(`${JSON.stringify(reading)}\n${text}`)
        const lines = new LineCounter()
        const judged = parseAllDocuments(text, { lineCounter: lines, version: '1.1' })
        expect(reading.documents.map(({ content }) => content)).toEqual(
          [...judged].map((document) => document.toJS()),
        )
        const locator = createLocator({ path: 'a.yaml', bytes: bytes(text) }, reading.places)
        const lineOf = (node: Node) => lines.linePos(node.range?.[0] ?? 0).line
        for (const [index, document] of [...judged].entries())
          for (const [pointer, line] of linesIn(
            'contents' in document ? document.contents : null,
            lineOf,
          ))
            expect([pointer, locator(index, pointer).line]).toEqual([pointer, line])
      }),
      { numRuns: 150 },
    )
  })

  const shapes: readonly [string, string][] = [
    ['nothing', ''],
    ['a marker', '---\n'],
    ['two markers', '---\n---\n'],
    ['a comment, then a marker', '# a\n---\na: 1\n'],
    ['a marker at the end', 'a: 1\n---\n'],
    ['content beside a marker', '--- a\n--- {b: 1}\n--- # c\nd: 1\n'],
    ['an end', 'a: 1\n...\nb: 2\n'],
    ['an end, then a marker', 'a: 1\n...\n---\nb: 2\n'],
    ['directives', '%YAML 1.2\n---\na: 1\n...\n%YAML 1.2\n---\nb: 1\n'],
    ['a marker that is none', 'a:\n  ---: 1\n----: 2\n---x: 4\n'],
    ['dashes in a block', 'a: |\n  ---\n  b\n---\nc: |\n  x\n'],
    ['a block that a marker ends', 'a: |\n  x\n---\nb: >\n  y\n\n---\n'],
    ['CRLF', 'a: 1\r\n---\r\nb: 2\r\n'],
    ['a byte order mark', '\uFEFF---\na: 1\n---\nb: 2\n'],
    ['no line break at the end', 'a: 1\n---\nb: 2\n---'],
    ['comments only', '---\n# a\n---\n# b\n---\nc: 1\n'],
  ]
  test.each(shapes)('on the index of a last document after: %s', (_, before) => {
    const text = `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}--- {apiVersion: v1, kind: X, metadata: {name: last}}\n`
    const reading = readDocuments({ path: '-', bytes: bytes(text) })
    if (reading.status !== 'documents') throw new Error(JSON.stringify(reading))
    const count = parseAllDocuments(text).length
    expect(reading.documents.at(-1)).toMatchObject({ id: '_/last', index: count - 1 })
    const lines = text.trimEnd().split('\n').length
    const { index } = reading.documents.at(-1) ?? { index: -1 }
    const locator = createLocator({ path: '-', bytes: bytes(text) }, reading.places)
    expect(locator(index, '/kind').line).toBe(lines)
  })
})
