import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createTables, tableNames } from '@writ/dynamo'
import { build } from 'esbuild'
import { buildFunctions } from '../../tools/functions.ts'
import { anHttpEvent, apiHost } from '../lambda/events.ts'
import { boot, type Booted } from '../lambda/runtime.ts'
import { clientOf, startDynalite } from '../store/dynamo.ts'

/**
 * What a function costs in CPU, by hand: `node test/bench/functions.bench.ts`. Cold is from the start of the process to the
 * first decision that is recorded, beside the least that hono can be, both under AWS's own runtime client, in turns.
 */
const rounds = 12
const warmDecisions = 300

const built = mkdtempSync(join(tmpdir(), 'writ-bench-'))
await buildFunctions(built)
mkdirSync(join(built, 'hello'))
await build({
  stdin: {
    contents: `import { Hono } from 'hono'
      import { handle } from 'hono/aws-lambda'
      export const handler = handle(new Hono().all('*', (c) => c.json({ hello: 'world' })))`,
    resolveDir: join(import.meta.dirname, '..', '..', 'packages', 'http'),
  },
  outfile: join(built, 'hello', 'index.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  minify: true,
})
const dynamo = await startDynalite()
const tables = tableNames('writ')
await createTables(clientOf(dynamo.endpoint), tables)
const env = {
  AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
  WRIT_RECORDS_TABLE: tables.records,
  WRIT_BODIES_TABLE: tables.bodies,
  WRIT_WAIVERS_TABLE: tables.waivers,
  WRIT_SCORECARDS_TABLE: tables.scorecards,
  WRIT_LOG_TABLE: tables.log,
  WRIT_SIGNED_TABLE: tables.signed,
  WRIT_TENANT: 'acme',
  WRIT_HOSTS: apiHost,
  WRIT_CURSOR_KEY: '07'.repeat(32),
  WRIT_LOG: 'example.com/log',
  WRIT_LOG_PUBLIC_KEY: `MCowBQYDK2VwAyEA${'A'.repeat(43)}=`,
  WRIT_RECEIPT_KEY: '02'.repeat(32),
}
const body = readFileSync(
  join(import.meta.dirname, '../../examples/requests/deploy-allowed.json'),
  'utf8',
)
const event = anHttpEvent({
  method: 'POST',
  path: '/v1/decisions',
  headers: { 'content-type': 'application/json' },
  body,
})

async function cold(name: string): Promise<{ readonly cpu: number; readonly running: Booted }> {
  const running = await boot(name, { built, env })
  const { ok } = await running.invoke(event)
  if (!ok) throw new Error(`${name} failed`)
  return { cpu: running.cpu(), running }
}

const least = { hello: Infinity, decide: Infinity }
for (let round = 0; round < rounds; round += 1)
  for (const name of ['hello', 'decide'] as const) {
    const { cpu, running } = await cold(name)
    least[name] = Math.min(least[name], cpu)
    await running.stop()
  }
const { running, cpu } = await cold('decide')
for (let asked = 0; asked < warmDecisions; asked += 1) await running.invoke(event)
const warm = (running.cpu() - cpu) / warmDecisions
await running.stop()
await dynamo.stop()

const file = join(built, 'decide', 'index.mjs')
console.log(
  `cold, least of ${rounds}: decide ${least.decide.toFixed(0)} ms, hono alone ${least.hello.toFixed(0)} ms`,
)
console.log(`ratio 7: ${(least.decide / least.hello).toFixed(2)} (gate 1.6, target 0.8)`)
console.log(`warm: ${warm.toFixed(2)} ms a decision, the record included`)
console.log(
  `code of decide: ${Math.round(statSync(file).size / 1000)} KB, ${Math.round(gzipSync(readFileSync(file)).byteLength / 1000)} KB compressed`,
)
rmSync(built, { recursive: true, force: true })
