import { spawn } from 'node:child_process'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signatures } from '../aws/signature.ts'
import { root, writ } from './command.ts'

const keys = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
}

type Asked = { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string } // prettier-ignore

/** What a deployment heard, behind a gateway that is none. */
const heard: Asked[] = []
const deployment = createServer((asked, response) => void answer(asked, response))

async function answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = Buffer.concat(await asked.toArray()).toString('utf8')
  heard.push({ method: asked.method ?? '', url: asked.url ?? '', headers: asked.headers, body })
  response.writeHead(201, { 'content-type': 'text/html', 'x-request-id': 'theirs' }).end('<p>hello')
}

const processes: ReturnType<typeof spawn>[] = []
let here = ''
let there = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => deployment.listen(0, '127.0.0.1', resolve))
  there = `http://127.0.0.1:${portOf(deployment.address())}`
  const bin = join(root, 'packages', 'cli', 'bin', 'writ.js')
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], AWS_REGION: 'eu-west-1', ...keys } // prettier-ignore
  const child = spawn(process.execPath, [bin, 'connect', there, '--port', '0'], { env })
  processes.push(child)
  const [said] = await once(child.stdout, 'data')
  here = /^http:\/\/\S+/.exec(String(said))?.[0] ?? ''
})
beforeEach(() => void heard.splice(0))
afterAll(() => {
  for (const child of processes) child.kill()
  deployment.close()
})

function portOf(address: ReturnType<typeof deployment.address>): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const asked = request(`${here}${path}`, { method, headers })
  asked.end(method === 'GET' ? undefined : '{"a":1}')
  const [reply] = await once(asked, 'response')
  const text = Buffer.concat(await reply.toArray()).toString('utf8')
  return { status: reply.statusCode, headers: reply.headers, text }
}

const asks: readonly [string, string, Record<string, string>][] = [
  ['GET', '/', { accept: 'text/html' }],
  ['GET', '/scorecards/acme%2Fshop', {}],
  ['GET', '/v1/records/dec_1', { 'writ-reading': 'rea_1' }],
  ['GET', '/v1/decisions?limit=5&resource=a%20b%2Fc&from=2026-01-01T00%3A00%3A00%2B01%3A00', {}],
  ['POST', '/v1/decisions', { 'content-type': 'application/json', 'idempotency-key': 'k-1' }],
]
test.each(asks)('%s %s arrives signed as AWS’s own signer does it', async (method, path, more) => {
  const { status, headers, text } = await ask(path, { ...more, cookie: 'own=1' }, method)
  expect([status, headers['x-request-id'], text]).toEqual([201, 'theirs', '<p>hello'])
  const [asked] = heard
  if (asked === undefined) throw new Error('nothing arrived')
  const url = new URL(asked.url, there)
  const credentials = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 'session',
  }
  const { signature, expected, names } = await signatures(
    { ...asked, path: url.pathname, query: Object.fromEntries(url.searchParams) },
    { service: 'execute-api', region: 'eu-west-1', ...credentials },
  )
  expect([signature, names]).toEqual([expected, expect.arrayContaining(['host', 'x-amz-date'])])
  expect(asked).toMatchObject({ method, body: method === 'GET' ? '' : '{"a":1}', headers: more })
  expect(asked.headers.cookie).toBeUndefined()
})

test('a path has one escape more, which the gateway takes off; a query has none', async () => {
  await ask('/v1/scorecards/acme%2Fshop?limit=1')
  expect(heard[0]?.url).toBe('/v1/scorecards/acme%252Fshop?limit=1')
})

const refused: readonly [string, string, Record<string, string>, string][] = [
  ['another name for this machine', 'GET', { host: 'writ.evil.example' }, 'host-refused'],
  ['what a page of elsewhere sends', 'POST', { origin: 'https://evil.example' }, 'origin-refused'],
  ['what a page of elsewhere sends without its name', 'POST', { 'sec-fetch-site': 'cross-site' }, 'origin-refused'],
] // prettier-ignore
test.each(refused)('it does not pass on %s', async (_, method, headers, code) => {
  const { text } = await ask('/v1/decisions', headers, method)
  expect([JSON.parse(text).type, heard]).toEqual([`/problems/${code}`, []])
})

test('without credentials, or for what is no address of a deployment, it does not start', async () => {
  const without = await writ(['connect', 'https://abc123.execute-api.eu-west-1.amazonaws.com'])
  expect([without.code, without.err]).toEqual([
    3,
    expect.stringContaining('AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: missing'),
  ])
  for (const address of ['abc123', 'http://writ.example.com', 'https://writ.example.com/pages']) {
    const { code, err } = await writ(['connect', address], { env: keys })
    expect([code, err]).toEqual([2, expect.stringContaining(`${address} is not an address like`)])
  }
})
