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
import { readyCheck } from './ready-check.ts'

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
function filed(documents: readonly string[]): Prepared {
  const texts = inGroups(documents, documentsInFile).map((group) => group.join('---\n'))
  const folder = mkdtempSync(join(place, `${documents.length}-`))
  for (const [at, text] of texts.entries()) writeFileSync(join(folder, `${at}.yaml`), text)
  return { folder, texts }
}

function inGroups<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(values.length / size)
  return Array.from({ length: count }, (_, at) => values.slice(at * size, (at + 1) * size))
}

async function millisecondsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** What each of some works costs, in rounds in which they take turns: what another program takes from the caches, it takes from all. */
async function costsOf(
  times: number,
  works: readonly (() => unknown)[],
): Promise<readonly (readonly number[])[]> {
  const costs = works.map((): number[] => [])
  for (let time = 0; time < times; time += 1)
    for (const [at, work] of works.entries()) costs[at]?.push(await millisecondsOf(work))
  return costs.map((each) => each.slice(2)) // the first two find nothing compiled
}

const least = (costs: readonly number[]): number => Math.min(...costs)
const middle = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0

const load = ({ texts }: Prepared) => {
  for (const text of texts) loadAll(text)
}
const check = ({ folder }: Prepared, ...options: readonly string[]) =>
  runCommand(['check', folder, ...options], desk)

const bin = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'bin', 'writ.js')
const loader = `import { globSync, readFileSync } from 'node:fs'
import { loadAll } from 'js-yaml'
for (const file of globSync(\`\${process.argv[1]}/*.yaml\`)) loadAll(readFileSync(file, 'utf8'))`

/** CPU of a whole process, some times, its caches warm after the first. */
function startsOf(...args: readonly string[]): readonly number[] {
  const tell = `data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write('cpu '+(user+system)+'\\n')})`
  const costs = [0, 1, 2, 3, 4].map(() => {
    const { stderr } = spawnSync(process.execPath, ['--import', tell, ...args])
    return Number(/cpu (\d+)/.exec(String(stderr))?.[1]) / 1000
  })
  return costs.slice(1)
}

const documents = kubernetesDocuments(1000)
/** The 21st is a workload with a finding: what is loaded for it is loaded for a thousand. */
const one = filed(documents.slice(20, 21))
const thousand = filed(documents)
const complained = filed(kubernetesDocuments(1000, 1))

const [loads = [], openings = [], thousands = [], complaints = []] = await costsOf(17, [
  () => load(thousand),
  ...[one, thousand, complained].map((each) => () => check(each)),
])
const opening = least(openings)
const base = least(loads)
for (const [costs, words] of [
  [thousands, 'a tenth of the workloads have findings'],
  [complaints, 'all of the workloads have findings'],
] as const) {
  const ratio = (least(costs) - opening) / base
  const ratios = costs.map((cost, at) => (cost - (openings[at] ?? NaN)) / (loads[at] ?? NaN))
  console.log(
    `js-yaml's loadAll of 1000 documents: ${base.toFixed(0)} ms; their check, where ${words}: × ${ratio.toFixed(2)}, in the middle of all rounds × ${middle(ratios).toFixed(2)} (goal: 1.5)`,
  )
}

/** The same thousand in as many change sets as they make of a size, by policies that are loaded: each document is one of its size. */
const sizes = [10, 100, 1000]
const changeSets = sizes.map((size) => inGroups(documents, size).map(filed))
const ready = await readyCheck(desk)
const bySize = await costsOf(
  9,
  changeSets.map((sets) => async () => {
    for (const { folder } of sets) await ready(folder)
  }),
)
for (const [at, size] of sizes.entries())
  console.log(
    `change sets of ${size} documents: ${least(bySize[at] ?? []).toFixed(0)} µs each document`,
  )

const counts = [8, 16, 32]
const byRules = await Promise.all(
  counts.map((count) => readyCheck(desk, packWithRules(count, join(place, `pack-${count}`)))),
)
const ruled = await costsOf(
  9,
  byRules.map((checks) => () => checks(thousand.folder)),
)
for (const [at, count] of counts.entries())
  console.log(`${count} rules: ${least(ruled[at] ?? []).toFixed(0)} µs each document`)
console.log(`opening the pack: ${opening.toFixed(0)} ms`)
const start = least(startsOf(bin, 'check', one.folder))
console.log(`a new process to its first finding: ${start.toFixed(0)} ms (goal: 500)`)
const evaluate = ['--input-type=module', '-e', loader]
const empty = least(startsOf(...evaluate, place))
for (const [{ folder }, words] of [
  [thousand, 'a tenth'],
  [complained, 'all'],
] as const) {
  const whole = least(startsOf(bin, 'check', folder)) - start
  const loaded = least(startsOf(...evaluate, folder)) - empty
  console.log(
    `in new processes, which have yet to compile their code, where ${words} have findings: × ${(whole / loaded).toFixed(2)}`,
  )
}
rmSync(place, { recursive: true })
