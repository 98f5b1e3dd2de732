import { readDecisionBody, type WireDecisionList, type WireRecord } from '@writ/contract'
import { commitmentOf, takeReceipt } from '@writ/ledger'
import { describe, expect, test } from 'vitest'
import { aHouse, requests } from './house.ts'

async function json<T>(response: Response | Promise<Response>): Promise<T> {
  return (await (await response).json()) as T
}

describe('deciding', () => {
  const cases: readonly [keyof typeof requests, string][] = [
    ['deploy', 'allow'],
    ['unapproved', 'deny'],
    ['access', 'allow'],
    ['config', 'deny'],
  ]
  test.each(cases)(
    '%s is answered 200 with %s, recorded before it is answered',
    async (name, outcome) => {
      const house = aHouse()
      const response = await house.post('/v1/decisions', requests[name])
      const answer = await json<{ id: string; outcome: string }>(response)
      expect([response.status, answer.outcome]).toEqual([200, outcome])
      expect((await house.entries()).map(({ id }) => id)).toEqual([answer.id])
      expect(response.headers.get('location')).toBe(`/v1/decisions/${answer.id}`)
    },
  )

  test('what is read back is the answer, byte for byte', async () => {
    const house = aHouse()
    const answered = await (await house.post('/v1/decisions', requests.unapproved)).text()
    const { id } = JSON.parse(answered) as { id: string }
    const read = await house.ask(`/v1/decisions/${id}`)
    expect(await read.text()).toBe(answered)
    const recorded = readDecisionBody((await house.entries())[0]!.body.content).answer
    expect(takeReceipt(answered)?.answer).toBe(recorded)
  })

  test('a retry with its key gets the first answer; another body with it is refused', async () => {
    const house = aHouse()
    const key = { 'idempotency-key': 'run-1' }
    const first = await (await house.post('/v1/decisions', requests.deploy, key)).text()
    expect(await (await house.post('/v1/decisions', requests.deploy, key)).text()).toBe(first)
    const other = await house.post('/v1/decisions', requests.access, key)
    expect(other.status).toBe(422)
    expect(await other.json()).toMatchObject({ id: JSON.parse(first).id })
    expect(await house.entries()).toHaveLength(1)
  })

  test('a record holds what an auditor needs to check its leaf', async () => {
    const house = aHouse()
    const { id } = await json<{ id: string }>(house.post('/v1/decisions', requests.deploy))
    const record = await json<WireRecord>(house.ask(`/v1/decisions/${id}/record`))
    const salt = Uint8Array.from(Buffer.from(record.body.salt, 'base64'))
    const content = new TextEncoder().encode(record.body.text)
    const leaf = JSON.parse(record.leaf) as { commitment: string; id: string }
    expect(commitmentOf(salt, content)).toBe(leaf.commitment)
    expect(record.commitment).toBe(leaf.commitment)
    expect(record.content).toMatchObject({
      caller: { principal: 'tester', roles: ['admin'] },
      request: { kind: 'deploy', resource: { id: 'checkout' } },
    })
    expect(await json(house.ask(`/v1/records/${id}`))).toEqual(record)
  })
})

describe('lists', () => {
  async function filled() {
    const house = aHouse()
    for (const name of ['deploy', 'access', 'config', 'unapproved', 'deploy'] as const)
      await house.post('/v1/decisions', requests[name])
    return house
  }
  const list = (house: ReturnType<typeof aHouse>, query: string) =>
    json<WireDecisionList>(house.ask(`/v1/decisions${query}`))

  test('newest first, page by page, each decision once', async () => {
    const house = await filled()
    const decided = (await house.entries()).map(({ id }) => id)
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: WireDecisionList = await list(
        house,
        `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.next_cursor
    }
    expect(ids).toEqual(decided.toReversed())
  })

  const filters: readonly [query: string, count: number][] = [
    ['kind=deploy', 3],
    ['outcome=deny', 2],
    ['resource=checkout', 3],
    ['service=checkout', 4],
    ['rule=deploy.approvals', 1],
    ['actor=ada', 5],
    ['environment=staging', 0],
    ['correlation=c0ffee', 2],
    ['team=payments&outcome=allow', 2],
    ['from=2026-11-25', 5],
    ['to=2026-11-25', 0],
    ['from=2026-11-25T10:00:02Z&to=2026-11-25T11:00:04%2B01:00', 2],
  ]
  test.each(filters)('%s: %i', async (query, count) => {
    expect((await list(await filled(), `?${query}`)).items).toHaveLength(count)
  })

  test('a cursor is good for its own list only', async () => {
    const house = await filled()
    const { next_cursor: cursor } = await list(house, '?limit=1&kind=deploy')
    const statuses = await Promise.all(
      [
        `?limit=1&kind=deploy&cursor=${cursor}`,
        `?limit=2&kind=deploy&cursor=${cursor}`,
        `?limit=1&cursor=${cursor}`,
        `?limit=1&kind=deploy&tenant=sample&cursor=${cursor}`,
        `?limit=1&kind=deploy&cursor=${cursor}A`,
        `?limit=1&kind=deploy&cursor=${cursor?.slice(1)}`,
        `?limit=1&kind=deploy&cursor=.`,
      ].map(async (query) => (await house.ask(`/v1/decisions${query}`)).status),
    )
    expect(statuses).toEqual([200, 200, 422, 422, 422, 422, 422])
  })

  test('a cursor of another principal or key is refused', async () => {
    const house = await filled()
    const { next_cursor: cursor } = await list(house, '?limit=1')
    const other = aHouse({
      ...house.parts,
      authenticate: () => ({ tenant: 'local', principal: 'eve', roles: [] }),
    })
    const rekeyed = aHouse({ ...house.parts, cursorKey: new Uint8Array(32).fill(8) })
    for (const door of [other, rekeyed])
      expect((await door.ask(`/v1/decisions?limit=1&cursor=${cursor}`)).status).toBe(422)
  })

  test('one tenant sees nothing of another', async () => {
    const house = await filled()
    const { id } = (await house.entries())[0]!
    expect((await list(house, '?tenant=sample')).items).toEqual([])
    expect((await house.ask(`/v1/decisions/${id}?tenant=sample`)).status).toBe(404)
    expect(
      (await house.ask(`/v1/decisions/${id}`, { headers: { 'writ-tenant': 'sample' } })).status,
    ).toBe(404)
  })
})
