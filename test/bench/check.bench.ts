import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { loadAll } from 'js-yaml'
import { runCommand } from '../../packages/cli/src/run.ts'
import type { Desk } from '../../packages/cli/src/desk.ts'
import { packWithRules } from './fewer-rules.ts'
import { kubernetesDocuments } from './kubernetes-documents.ts'

/**
 * What a check costs, by hand: `node test/bench/check.bench.ts`. All figures are CPU time. A machine's own speed cancels
 * out in the ratio: it compares with js-yaml's `loadAll` over the same bytes in the same run.
 */
const desk: Desk = {
  cwd: process.cwd(),
  home: homedir(),
  env: process.env,
  user: 'bench',
  now: () => new Date(),
  newKey: () => 'bench',
  readInput: async () => new Uint8Array(),
  inputChunks: () => Readable.from([]),
  out: () => undefined,
  flushed: async () => undefined,
  err: () => undefined,
  outIsTerminal: false,
  errIsTerminal: false,
}
const place = mkdtempSync(join(tmpdir(), 'writ-bench-'))
const documentsInFile = 10

type Prepared = { readonly folder: string; readonly texts: readonly string[] }

/** Ten documents a file, as teams keep what belongs together, and as Helm and Kustomize print it. */
function prepared(count: number, complained?: number): Prepared {
  const documents = kubernetesDocuments(count, complained)
  const texts = Array.from({ length: Math.ceil(count / documentsInFile) }, (_, at) =>
    documents.slice(at * documentsInFile, (at + 1) * documentsInFile).join('---\n'),
  )
  const folder = mkdtempSync(join(place, `${count}-`))
  for (const [at, text] of texts.entries()) writeFileSync(join(folder, `${at}.yaml`), text)
  return { folder, texts }
}

async function millisecondsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** The least of some: what another program took from the caches of this one is no cost of ours. */
async function leastOf(times: number, work: () => unknown): Promise<number> {
  const costs: number[] = []
  for (let time = 0; time < times; time += 1) costs.push(await millisecondsOf(work))
  return Math.min(...costs)
}

const load = ({ texts }: Prepared) => {
  for (const text of texts) loadAll(text)
}
const check = ({ folder }: Prepared, ...options: readonly string[]) =>
  runCommand(['check', folder, ...options], desk)

/** The whole command in a process of its own, with its caches warm. */
function startMilliseconds({ folder }: Prepared): number {
  const bin = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'bin', 'writ.js')
  const tell = `data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write('cpu '+(user+system)+'\\n')})`
  const costs = [0, 1, 2, 3].map(() => {
    const { stderr } = spawnSync(process.execPath, ['--import', tell, bin, 'check', folder])
    return Number(/cpu (\d+)/.exec(String(stderr))?.[1]) / 1000
  })
  return Math.min(...costs.slice(1))
}

const all = [1, 10, 100, 1000].map((count) => ({ count, ...prepared(count) }))
const [one, , , thousand] = all
if (one === undefined || thousand === undefined) throw new Error('there is nothing to measure')
for (const each of [thousand, thousand, one]) {
  load(each)
  await check(each)
}
const opening = await leastOf(20, () => check(one))
for (const each of all.slice(1)) {
  const cost = (await leastOf(5, () => check(each))) - opening
  console.log(
    `${each.count} documents: ${cost.toFixed(0)} ms, ${(cost / each.count).toFixed(3)} each`,
  )
}
for (const count of [9, 18, 36]) {
  const policies = packWithRules(count, join(place, `pack-${count}`))
  const options = ['--policies', policies]
  await check(thousand, ...options)
  const empty = await leastOf(5, () => check(one, ...options))
  const cost = (await leastOf(5, () => check(thousand, ...options))) - empty
  console.log(`${count} rules over 1000 documents: ${cost.toFixed(0)} ms`)
}
for (const [each, words] of [
  [thousand, 'a tenth of the workloads have findings'],
  [prepared(1000, 1), 'all of the workloads have findings'],
] as const) {
  const base = await leastOf(5, () => load(each))
  const cost = (await leastOf(5, () => check(each))) - opening
  console.log(`js-yaml's loadAll of 1000 documents: ${base.toFixed(0)} ms; their check, where ${words}: × ${(cost / base).toFixed(2)} (goal: 1.5)`) // prettier-ignore
}
console.log(`opening the pack: ${opening.toFixed(0)} ms`)
console.log(
  `a new process to its first finding: ${startMilliseconds(one).toFixed(0)} ms (goal: 500)`,
)
rmSync(place, { recursive: true })
