import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PlainHeaders, PlainRequest, PlainResponse } from './plain-web.ts'

const names = fc.oneof(
  fc.constantFrom('accept', 'Accept', 'X-Request-Id', 'host', '', 'a b', 'é', 'x:y'),
  fc.string({ maxLength: 4 }),
)
const values = fc.oneof(
  fc.string(),
  fc.constantFrom(
    ' a ',
    'a\tb',
    'é',
    '€',
    'a\nb',
    'a\0',
    '\r\na',
    ' ',
    '\u00a0a',
    '\u007f',
    '\u0001',
  ),
)
const pairs = fc.array(fc.tuple(names, values), { maxLength: 5 })

/** What both make of it: all headers in order of their names, or that it cannot be sent. */
function madeOf(make: () => Iterable<readonly [string, string]>): unknown {
  try {
    return [...make()].toSorted(([left], [right]) => (left < right ? -1 : 1))
  } catch (thrown) {
    return thrown instanceof TypeError ? 'cannot be sent' : thrown
  }
}

test('headers are what Node’s own are: the same names, the same values, the same refusals', () => {
  fc.assert(
    fc.property(pairs, (given) => {
      const mutable = given.map(([name, value]): [string, string] => [name, value])
      expect(madeOf(() => new PlainHeaders(given))).toEqual(madeOf(() => new Headers(mutable)))
    }),
    { numRuns: 5000 },
  )
})

test('a header is set anew, taken away, and asked for without regard to case', () => {
  for (const headers of [new PlainHeaders({ A: '1', b: '2' }), new Headers({ A: '1', b: '2' })]) {
    headers.set('a', '3')
    headers.append('A', '4')
    headers.delete('B')
    expect([headers.get('A'), headers.get('b'), headers.has('a'), headers.has('B')]).toEqual([
      '3, 4',
      null,
      true,
      false,
    ])
    const told: string[] = []
    headers.forEach((value, name) => told.push(`${name}: ${value}`))
    expect(told).toEqual(['a: 3, 4'])
  }
})

test.each([
  ['GET', 'https://a.example/x%2Fy?b=%20', undefined],
  ['POST', 'https://a.example/ö', 'body'],
  ['a b', 'https://a.example/', undefined],
  ['GET', 'nowhere', undefined],
])('a request %s %s is what Node’s own is', async (method, url, text) => {
  const body = text === undefined ? null : new TextEncoder().encode(text)
  const seen = async (make: () => PlainRequest | Request): Promise<unknown> => {
    try {
      const request = make()
      const bytes = new Uint8Array(await request.arrayBuffer())
      return [request.method, request.url, request.headers.get('x'), Buffer.from(bytes).toString()]
    } catch (thrown) {
      return thrown instanceof TypeError ? 'cannot be sent' : thrown
    }
  }
  const init = { method, headers: { X: '1' }, body }
  expect(await seen(() => new PlainRequest(url, init))).toEqual(
    await seen(() => new Request(url, init)),
  )
})

test('a response gives back its text, its status and its headers', async () => {
  const init = { status: 201, headers: { 'content-type': 'text/plain' } }
  for (const response of [new PlainResponse('é', init), new Response('é', init)])
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      201,
      'text/plain',
      'é',
    ])
  expect(await new PlainResponse(null, { status: 204 }).text()).toBe('')
})
