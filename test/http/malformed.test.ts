import { afterAll, expect, test } from 'vitest'
import { aHouse, host } from './house.ts'
import { malformedAtTheDoor } from './malformed-doors.ts'
import { malformedJson } from './malformed-json.ts'
import { malformedRequests } from './malformed-requests.ts'

const rows = [...malformedJson, ...malformedRequests, ...malformedAtTheDoor]
const house = aHouse()

type Problem = {
  readonly status: number
  readonly type: string
  readonly issues?: readonly { readonly pointer: string; readonly message: string }[]
}

test.each(rows)('$what: $status $code', async ({ sent, status, code, pointer }) => {
  const { path = '/', ...init } = sent
  const response = await house.ask(path, init)
  const problem = (await response.json()) as Problem
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect([response.status, problem.status, problem.type]).toEqual([
    status,
    status,
    `/problems/${code}`,
  ])
  if (pointer === undefined) return
  const issues = problem.issues ?? []
  expect(issues.map((issue) => issue.pointer)).toContain(pointer)
  expect(issues.filter(({ message }) => message.length < 5 || message.length > 400)).toEqual([])
})

afterAll(async () => {
  expect(rows.length).toBeGreaterThan(100)
  expect(new Set(rows.map(({ what }) => what)).size).toBe(rows.length)
  expect(await house.entries()).toEqual([])
  expect(await house.store.waivers.list('local', 10)).toEqual([])
  expect(house.logged).toEqual([])
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('all mistakes of a request are named at once', async () => {
  const response = await house.post('/v1/decisions', {
    kind: 'deploy',
    subject: { type: '', id: 7 },
    action: {},
    colour: 'red',
    context: { environment: 'prod', change: { author: [] } },
  })
  const { issues = [] } = (await response.json()) as Problem
  expect(issues.map(({ pointer }) => pointer).sort()).toEqual([
    '/action/name',
    '/colour',
    '/context/change/author',
    '/context/environment',
    '/resource',
    '/subject/id',
    '/subject/type',
  ])
})

test('a request without a Host is refused', async () => {
  const response = await house.fetch(new Request(`http://${host}/healthz`))
  expect(response.status).toBe(421)
})
