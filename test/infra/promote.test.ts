import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureSst } from '../../tools/sst.ts'
import type { Resource } from './mocks.ts'

/**
 * What docs/how-to/deploy-to-aws.md says of promoting and of taking back, done in a clone of this repository: the page's commands, but
 * for `npm ci`, whose packages are linked here, and for `sst deploy`, in whose place its program is carried out under mocks.
 */
const root = join(import.meta.dirname, '..', '..')
const clone = mkdtempSync(join(tmpdir(), 'writ-promoted-'))
const settings = {
  WRIT_AWS_REGION: 'eu-west-1',
  WRIT_ALARM_EMAIL: 'platform@example.com',
  WRIT_TENANT: 'acme',
  SST_SECRET_CursorKey: '0'.repeat(64),
  SST_SECRET_ReceiptKey: '0'.repeat(64),
}

function run(command: string, ...args: readonly string[]): string {
  const env = { ...process.env, ...settings }
  return execFileSync(command, args, { cwd: clone, env, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'pipe'] }) // prettier-ignore
}

beforeAll(async () => {
  await ensureSst()
  run('git', 'clone', '-q', root, clone)
  for (const folder of ['node_modules', '.sst']) run('cp', '-al', join(root, folder), clone)
  run('git', 'config', 'user.email', 'ada@example.com')
  run('git', 'config', 'user.name', 'Ada')
})
afterAll(() => rmSync(clone, { recursive: true, force: true }))

type Deployed = {
  /** Function → the name under which its code is uploaded, which holds its digest. */
  readonly code: Readonly<Record<string, string>>
  /** Everything that is declared, by type and name. */
  readonly declared: readonly string[]
}

/** What a deployment of the built functions to this stage would declare. */
function deployed(stage: string): Deployed {
  const said = run(process.execPath, 'test/infra/synthesize.ts', stage)
  const { resources }: { readonly resources: readonly Resource[] } = JSON.parse(said)
  const uploads = resources.filter(
    ({ type, name }) => type === 'aws:s3/bucketObjectv2:BucketObjectv2' && name.endsWith('Code'),
  ) // the files of bundles are uploaded too
  return {
    code: Object.fromEntries(uploads.map(({ name, inputs }) => [name, String(inputs['key'])])),
    declared: resources.map(({ type, name }) => `${type} ${name}`),
  }
}

test('a revision goes to production as it was in dev, and comes back to the byte when another is taken back', () => {
  const revision = run('git', 'rev-parse', 'HEAD').trim()
  run('npm', 'run', '-s', 'functions')
  const inDev = deployed('dev')
  const promoted = deployed('production')
  expect(Object.keys(promoted.code)).toEqual([
    'AdminCode',
    'DecideCode',
    'FoldCode',
    'ReadCode',
    'SealCode',
  ])
  expect(promoted.code).toEqual(inDev.code)

  const file = join(clone, 'functions', 'fold.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace(`'NotFolded'`, `'LeftUnfolded'`))
  run('git', 'commit', '-qam', 'A metric has another name')
  run('npm', 'run', '-s', 'functions')
  const next = deployed('production')
  const changed = Object.keys(next.code).filter((name) => next.code[name] !== promoted.code[name])
  expect(changed).toEqual(['FoldCode'])
  expect(next.declared).toEqual(promoted.declared)

  run('git', 'checkout', '-q', revision)
  run('npm', 'run', '-s', 'functions')
  expect(deployed('production')).toEqual(promoted)
}, 600_000) // three builds and four syntheses
