import type { CapacityUse } from '@writ/dynamo'
import { anEntry } from '@writ/testkit'
import { freshStore, startDynalite } from '../store/dynamo.ts'

/**
 * What an append, a get and a page of a list cost among few records and among many, in capacity units, by hand:
 * `node test/bench/dynamo.bench.ts [records]…`. Units are what is paid for, and do not depend on the machine.
 */
const given = process.argv.slice(2).map(Number)
const sizes = given.length > 0 ? given : [1000, 10_000]
const content = 'x'.repeat(2000)
const samples = 50

const running = await startDynalite()
let used: CapacityUse[] = []
const store = await freshStore(running.endpoint, { metrics: { consumed: (use) => used.push(use) } })
const aRecord = () => anEntry({ content, facets: { rules: ['deploy.approvals'] } })

async function costOf(work: () => Promise<unknown>): Promise<string> {
  used = []
  const started = performance.now()
  for (let sample = 0; sample < samples; sample += 1) await work()
  const milliseconds = (performance.now() - started) / samples
  const units = used.reduce((sum, { units }) => sum + units, 0) / samples
  return `${units.toFixed(2).padStart(6)} units ${(used.length / samples).toFixed(1).padStart(5)} requests ${milliseconds.toFixed(1).padStart(6)} ms`
}

let stored = 0
for (const size of sizes) {
  while (stored < size) {
    const batch = Array.from({ length: Math.min(32, size - stored) }, aRecord)
    await Promise.all(batch.map((entry) => store.records.append(entry)))
    stored += batch.length
  }
  const first = aRecord()
  await store.records.append(first)
  const page = { filter: { service: 'checkout' }, before: null, limit: 20 }
  const costs: readonly (readonly [string, string])[] = [
    ['append', await costOf(() => store.records.append(aRecord()))],
    ['get', await costOf(() => store.records.get('acme', first.id))],
    ['page of 20', await costOf(() => store.records.list('acme', page))],
  ]
  for (const [name, cost] of costs)
    console.log(`${name.padEnd(12)} among ${String(size).padStart(7)} records ${cost}`)
  stored += samples + 1
}
store.close()
await running.stop()
