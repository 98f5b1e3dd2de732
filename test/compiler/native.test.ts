import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildBundle, runOpa } from '@writ/compiler'
import { manifestSchema } from '@writ/contract'
import { digestOf } from '@writ/ledger'
import { readBundle } from '@writ/rego'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStand, type Stand } from './stand.ts'

/** `npm test` builds the native twin and names it, or says at its end that these could not be run. */
const native = process.env['WRIT_NATIVE_OPA'] ?? ''
const hasNative = native !== ''

const id = 'deploy.approvals'
const own = ['deploy/approvals.rego', 'lib/people.rego']
const generated: readonly [string, string][] = [
  ['writ/gather.rego', `package writ.gather\n\nresult := {\n\t"${id}": data.writ.rule.${id}.result,\n}\n`],
  ['writ/rule/deploy/approvals.rego', `package writ.rule.${id}\n\nresult := {"applies": true, "finding": data.${id}.finding} if data.${id}.applies\n\nelse := {}\n`],
] // prettier-ignore
const entrypoints = ['writ/gather/result', 'writ/rule/deploy/approvals/result']

let stand: Stand
let folder = ''
beforeAll(async () => {
  stand = await openStand()
  folder = join(stand.policies, '..', 'staged')
  const copied = own.map(
    (path) => [path, readFileSync(join(stand.policies, path), 'utf8')] as const,
  )
  for (const [path, text] of [...copied, ...generated]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
})
afterAll(() => stand?.close())

const paths = [...own, ...generated.map(([path]) => path)]
const exactly = [
  'build-exact',
  '--prune-unused',
  ...entrypoints.flatMap((path) => ['-e', path]),
  ...paths,
]
const stock = ['build', '-t', 'wasm', ...exactly.slice(1)]
const output = (): Uint8Array => readFileSync(join(folder, 'bundle.tar.gz'))

test.runIf(hasNative).each([stock, exactly])(
  'the opa that Writ runs makes the same bundle by %s, to the byte, as a native one',
  async (...args) => {
    const made = spawnSync(native, args, { cwd: folder, encoding: 'utf8' })
    expect([made.status, made.stderr]).toEqual([0, ''])
    const expected = digestOf(output())
    rmSync(join(folder, 'bundle.tar.gz'))
    const opa = stand.surroundings.env['WRIT_OPA'] ?? ''
    const { code } = await runOpa(args, { opa, folders: { '/': folder }, cwd: '/' })
    expect([code, digestOf(output())]).toEqual([0, expected])
  },
)

test.runIf(hasNative)(
  'a module of a bundle is what native opa makes of the same files',
  async () => {
    const made = spawnSync(native, exactly, { cwd: folder, encoding: 'utf8' })
    expect([made.status, made.stderr]).toEqual([0, ''])
    const module = readBundle(output()).get('policy.wasm') ?? new Uint8Array()
    const { files } = await buildBundle({ ...stand.surroundings, policies: stand.policies })
    const text = new TextDecoder().decode(files.get('manifest.json'))
    const { modules } = manifestSchema.parse(JSON.parse(text))
    expect(modules.find(({ name }) => name === 'deploy')?.compiledDigest).toBe(digestOf(module))
  },
)
