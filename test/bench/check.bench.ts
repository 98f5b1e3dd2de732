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
  // The 21st is a workload with a finding: whoever checks one document checks that one.
  const documents = count === 1 ? kubernetesDocuments(21).slice(20) : kubernetesDocuments(count, complained) // prettier-ignore
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

/** One workload with a finding: what is loaded for it is loaded for a thousand. */
const one = prepared(1)
const [ten, hundred, thousand] = [prepared(10), prepared(100), prepared(1000)]
const complained = prepared(1000, 1)

const [loads = [], openings = [], tens = [], hundreds = [], thousands = [], complaints = []] =
  await costsOf(17, [
    () => load(thousand),
    ...[one, ten, hundred, thousand, complained].map((each) => () => check(each)),
  ])
const opening = least(openings)
for (const [costs, count] of [
  [tens, 10],
  [hundreds, 100],
  [thousands, 1000],
] as const) {
  // prettier-ignore
  const cost = least(costs) - opening
  console.log(`${count} documents: ${cost.toFixed(0)} ms, ${(cost / count).toFixed(3)} each`)
}
const base = least(loads)
for (const [costs, words] of [
  [thousands, 'a tenth of the workloads have findings'],
  [complaints, 'all of the workloads have findings'],
] as const) {
  // prettier-ignore
  const ratio = (least(costs) - opening) / base
  const ratios = costs.map((cost, at) => (cost - (openings[at] ?? NaN)) / (loads[at] ?? NaN))
  console.log(`js-yaml's loadAll of 1000 documents: ${base.toFixed(0)} ms; their check, where ${words}: × ${ratio.toFixed(2)}, in the middle of all rounds × ${middle(ratios).toFixed(2)} (goal: 1.5)`) // prettier-ignore
}
for (const count of [9, 18, 36]) {
  const policies = packWithRules(count, join(place, `pack-${count}`))
  const works = [one, thousand].map((each) => () => check(each, '--policies', policies))
  const [empty = [], full = []] = await costsOf(9, works)
  console.log(`${count} rules over 1000 documents: ${(least(full) - least(empty)).toFixed(0)} ms`)
}
console.log(`opening the pack: ${opening.toFixed(0)} ms`)
const start = least(startsOf(bin, 'check', one.folder))
console.log(`a new process to its first finding: ${start.toFixed(0)} ms (goal: 500)`)
const whole = least(startsOf(bin, 'check', thousand.folder)) - start
const evaluate = ['--input-type=module', '-e', loader]
const loaded = least(startsOf(...evaluate, thousand.folder)) - least(startsOf(...evaluate, place))
console.log(
  `in new processes, which have yet to compile their code: × ${(whole / loaded).toFixed(2)}`,
)
rmSync(place, { recursive: true })
