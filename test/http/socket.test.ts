import { once } from 'node:events'
import { Agent, request, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import { maxBodyBytes } from '@writ/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aHouse, requests } from './house.ts'

const house = aHouse({ isOurHost: (name) => name.startsWith('127.0.0.1:') })
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
let server: ServerType
let port = 0

beforeAll(async () => {
  server = serve({ fetch: house.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})

afterAll(async () => {
  agent.destroy()
  server.close()
  await once(server, 'close')
})

type Answer = {
  readonly status: number
  readonly body: string
  readonly headers: IncomingMessage['headers']
}

/** Sends over a real socket. Without a length the body goes in chunks. */
async function send(body: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const asked = request({
    agent,
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/v1/decisions',
    headers: { 'content-type': 'application/json', ...headers },
  })
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>
  asked.on('error', () => undefined)
  asked.end(body)
  const [response] = await answered
  const chunks = (await response.toArray()) as readonly Buffer[]
  const text = Buffer.concat(chunks).toString()
  return { status: response.statusCode ?? 0, body: text, headers: response.headers }
}

const large = Buffer.alloc(12_000_000, 'a')
const decision = Buffer.from(JSON.stringify(requests.deploy))

const ways: readonly (readonly [way: string, headers: Record<string, string>])[] = [
  ['with its length', { 'content-length': String(large.length) }],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
]

test.each(ways)('12 MB %s is 413, and the server goes on', async (_, headers) => {
  const refused = await send(large, headers)
  expect([refused.status, refused.headers.connection]).toEqual([413, 'close'])
  expect(JSON.parse(refused.body)).toMatchObject({ limit_bytes: maxBodyBytes })
  expect((await send(decision)).status).toBe(200)
})

test('exactly the limit is read, and one byte more is not', async () => {
  const padded = (length: number) =>
    Buffer.concat([decision, Buffer.alloc(length - decision.length, ' ')])
  expect((await send(padded(maxBodyBytes))).status).toBe(200)
  expect((await send(padded(maxBodyBytes + 1))).status).toBe(413)
  expect((await send(padded(maxBodyBytes), { 'transfer-encoding': 'chunked' })).status).toBe(200)
  expect((await send(padded(maxBodyBytes + 1), { 'transfer-encoding': 'chunked' })).status).toBe(
    413,
  )
})

test('a decision in chunks is the decision', async () => {
  const { status, body } = await send(decision, { 'transfer-encoding': 'chunked' })
  expect([status, JSON.parse(body).outcome]).toEqual([200, 'allow'])
})

test('a body that breaks off decides nothing', async () => {
  const before = (await house.entries()).length
  const socket = connect(port, '127.0.0.1')
  const head = `POST /v1/decisions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n`
  socket.write(`${head}Content-Length: ${decision.length}\r\n\r\n`)
  socket.write(decision.subarray(0, 40))
  await once(socket, 'connect')
  socket.destroy()
  await once(socket, 'close')
  expect((await send(decision)).status).toBe(200)
  expect(await house.entries()).toHaveLength(before + 1)
  expect(house.logged).toEqual([])
})

const raw: readonly (readonly [what: string, head: string, status: number])[] = [
  ['two lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n\r\nnull', 400],
  ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ['a length that is no number', 'Content-Length: many\r\n\r\n', 400],
  ['a chunk that is no number', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
]

test.each(raw)(
  '%s is refused by the server below, and decides nothing',
  async (_, rest, status) => {
    const before = (await house.entries()).length
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    const head = `POST /v1/decisions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n`
    socket.write(head + rest)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    expect(answer.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(await house.entries()).toHaveLength(before)
  },
)
