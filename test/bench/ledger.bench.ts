import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createListRecords, type RecordFilter } from '@writ/service'
import { openDatabase, openStore, type OpenDatabase } from '@writ/sqlite'
import { writ } from '../audit/desk.ts'
import { openAudited } from '../audit/house.ts'

/**
 * What a ledger costs as it grows, by hand: `node test/bench/ledger.bench.ts [sizes, such as 10000 1000000]`. One store grows
 * through the sizes. All costs are CPU time; a ratio of two of them says how a cost grows, on whatever machine.
 */
const sizes = process.argv.slice(2).map(Number)
if (sizes.length === 0) sizes.push(10_000, 100_000)
const folder = mkdtempSync(join(tmpdir(), 'writ-ledger-'))
const data = join(folder, 'data')
/** How many are decided before they are sealed: what a busy minute leaves to a sealer. */
const burst = 10_000

type Cost = { readonly cpu: number; readonly wall: number }

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: (user + system) / 1000, wall: performance.now() - started }
}

/** Decides and seals until there are so many records. */
async function grow(
  from: number,
  to: number,
): Promise<{ readonly deciding: Cost; readonly sealing: Cost }> {
  const house = openAudited(data, sizes.indexOf(to))
  const total = { deciding: { cpu: 0, wall: 0 }, sealing: { cpu: 0, wall: 0 } }
  for (let made = from; made < to; made += burst) {
    const count = Math.min(burst, to - made)
    add(total.deciding, await costOf(() => house.decideAtOnce(count)))
    add(total.sealing, await costOf(house.sealAll))
    process.stderr.write(`\r${made + count} records`)
  }
  process.stderr.write('\r')
  await house.close()
  return total
}

function add(total: { cpu: number; wall: number }, { cpu, wall }: Cost): void {
  total.cpu += cpu
  total.wall += wall
}

/** Pages of an auditor: CPU and rows that the store gave, the least of some. */
async function pageCosts(): Promise<
  Readonly<Record<string, { readonly cpu: number; readonly rows: number }>>
> {
  let rows = 0
  const store = openStore(
    join(data, 'writ.db'),
    counting(() => (rows += 1)),
  )
  const list = createListRecords({
    records: store.records,
    now: () => new Date(),
    random: (count) => randomBytes(count),
    log: null,
  })
  const caller = { tenant: 'acme', principal: 'auditor', roles: [], purpose: null, within: null }
  const costs: Record<string, { cpu: number; rows: number }> = {}
  for (const [name, filter] of Object.entries(filters)) {
    const tries: { cpu: number; rows: number }[] = []
    for (let time = 0; time < 20; time += 1) {
      rows = 0
      const { cpu } = await costOf(() => list(caller, { filter, before: null, limit: 100 }))
      tries.push({ cpu, rows })
    }
    costs[name] = tries.toSorted((one, other) => one.cpu - other.cpu)[0] ?? { cpu: 0, rows: 0 }
  }
  await store.close()
  return costs
}

const filters: Readonly<Record<string, RecordFilter>> = {
  'the newest 100': {},
  'of a service, denied': { service: 'checkout', outcome: 'deny' },
  'of a rule, in a time': {
    rule: 'deploy.approvals',
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-30T00:00:00.000Z',
  },
  'of an outcome that nothing has': { outcome: 'indeterminate' },
}

function counting(count: () => void): OpenDatabase {
  return (path) => {
    const db = openDatabase(path)
    return {
      exec: (sql) => db.exec(sql),
      close: () => db.close(),
      get isTransaction() {
        return db.isTransaction
      },
      prepare: (sql) => {
        const statement = db.prepare(sql)
        // oxlint-disable-next-line typescript/unbound-method -- they are called on the statement again
        const { get, iterate } = statement
        statement.get = (...values) => {
          count()
          return Reflect.apply(get, statement, values)
        }
        statement.iterate = (...values) => counted(Reflect.apply(iterate, statement, values), count)
        return statement
      },
    }
  }
}

function* counted<Row>(rows: Iterable<Row>, count: () => void): Generator<Row, undefined> {
  for (const row of rows) {
    count()
    yield row
  }
}

async function proofBytes(id: string): Promise<number> {
  const file = join(folder, `${id}.tlog-proof`)
  await succeeds('prove', id, '--data', data, '-o', file)
  return statSync(file).size
}

async function newestId(): Promise<string> {
  const store = openStore(join(data, 'writ.db'))
  const { entries } = await store.records.list('acme', { filter: {}, before: null, limit: 1 })
  await store.close()
  return entries[0]?.id ?? ''
}

async function report(from: number, size: number): Promise<void> {
  const { deciding, sealing } = await grow(from, size)
  const count = size - from
  const each = ({ cpu }: Cost): string => `${((cpu * 1000) / count).toFixed(0)} µs a record`
  console.log(`\n${size} records`)
  console.log(`  decide and record    ${each(deciding)}`)
  console.log(
    `  seal                 ${each(sealing)}, ${Math.round(count / (sealing.wall / 1000))} a second by the clock`,
  )
  console.log(
    `  both, on one core    ${Math.round(count / ((deciding.cpu + sealing.cpu) / 1000))} a second`,
  )
  for (const [name, { cpu, rows }] of Object.entries(await pageCosts()))
    console.log(`  page ${name.padEnd(31)} ${cpu.toFixed(2)} ms, ${rows} rows`)
  console.log(`  a proof              ${await proofBytes(await newestId())} bytes`)
  const exported = join(folder, `export-${size}`)
  await reportCost('fsck of the store', 'fsck', '--data', data)
  await reportCost('export', 'export', exported, '--data', data)
  await reportCost('fsck of the export', 'fsck', exported)
  rmSync(exported, { recursive: true })
  console.log(`  memory at its most   ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
}

async function reportCost(what: string, ...args: readonly string[]): Promise<void> {
  const { cpu, wall } = await costOf(() => succeeds(...args))
  console.log(
    `  ${what.padEnd(20)} ${(cpu / 1000).toFixed(1)} s of CPU, ${(wall / 1000).toFixed(0)} s by the clock`,
  )
}

async function succeeds(...args: readonly string[]): Promise<void> {
  const { code, out, err } = await writ('audit', ...args)
  if (code !== 0) throw new Error(out + err)
}

mkdirSync(data)
let from = 0
for (const size of sizes) {
  await report(from, size)
  from = size
}
rmSync(folder, { recursive: true })
