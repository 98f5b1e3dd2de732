import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check, write, writ } from './command.ts'
import { deployment } from './manifests.ts'
import { allowance, startService } from './service.ts'

const folder = mkdtempSync(join(tmpdir(), 'writ-changed-'))
const bad = (name: string) => deployment(name, { privileged: true })

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com']
  execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' })
}

beforeAll(() => {
  git('init', '-b', 'main')
  write(folder, {
    'deploy/old.yaml': bad('old'),
    'deploy/search.yaml': deployment('search'),
    'README.md': '# Shop',
    '.gitignore': 'ignored/\n',
  })
  git('add', '.')
  git('commit', '-m', 'first')
  git('checkout', '-b', 'feature')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function filesSince(revision: string, cwd = folder) {
  const args = ['.', '--environment', 'production', '--changed-since', revision]
  const { code, out } = await check([...args, '--format', 'json'], { cwd })
  return { code, files: JSON.parse(out).files.map(({ file }: { file: string }) => file) }
}

test('a change that touches nothing that is judged may go ahead', async () => {
  expect(await filesSince('main')).toEqual({ code: 0, files: [] })
  write(folder, { 'README.md': '# The shop' })
  const { code, out } = await check(['.', '--changed-since', 'main'], { cwd: folder })
  expect(out).toContain('3 files left out that did not change')
  expect(code).toBe(0)
})

test('what is committed, staged, saved or new is judged; what is ignored or left alone is not', async () => {
  write(folder, { 'deploy/committed.yaml': deployment('committed') })
  git('add', '.')
  git('commit', '-m', 'second')
  write(folder, { 'deploy/staged.yaml': deployment('staged') })
  git('add', '.')
  write(folder, {
    'deploy/new.yaml': deployment('new'),
    'deploy/search.yaml': `${deployment('search')}# saved\n`,
    'ignored/bad.yaml': bad('ignored'),
  })
  const files = ['committed', 'new', 'search', 'staged'].map((name) => `deploy/${name}.yaml`)
  expect(await filesSince('main')).toEqual({ code: 0, files })
  expect((await filesSince('main', join(folder, 'deploy'))).files).toHaveLength(4)
})

test('a rule that compares documents finds beside a changed file what answers it, and judges nothing there', async () => {
  const budget =
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web, namespace: shop }\nspec: { selector: {} }\n'
  const web = deployment('web').replace('spec:', 'spec:\n  replicas: 3')
  write(folder, {
    'web/web.yaml': web,
    'web/budget.yaml': budget,
    'web/bad.yaml': bad('beside'),
    'web/broken.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: half\n',
  })
  git('add', '.')
  git('commit', '-m', 'third')
  write(folder, { 'web/web.yaml': `${web}# touched\n` })
  const shipped = ['check', '.', '--environment', 'production', '--changed-since', 'HEAD']
  const { out } = await writ(shipped, { cwd: join(folder, 'web') })
  expect(out).toContain('web.yaml')
  expect(out).not.toMatch(/PodDisruptionBudget|bad\.yaml|broken\.yaml|that no policy governs/)
  expect(out).toContain('1 file read, 1 file with 1 document, 3 files left out that did not')
  rmSync(join(folder, 'web/budget.yaml'))
  const alone = await writ(shipped, { cwd: join(folder, 'web') })
  expect(alone.out).toContain('no PodDisruptionBudget here selects its pods')
})

test('a service is sent only what changed, and the result says so', async () => {
  const service = await startService(() => ({ status: 200, body: allowance }))
  const args = ['check', '.', '--changed-since', 'main', '--server', service.url]
  const { out } = await writ(args, { cwd: folder })
  await service.close()
  expect(out).toContain('left out that did not change and that the service has not seen')
})

test('a file that was bad before and is touched counts', async () => {
  write(folder, { 'deploy/old.yaml': `${bad('old')}# touched\n` })
  expect((await filesSince('HEAD')).code).toBe(1)
})

test.each([
  ['gone', 'there is no commit gone here'],
  ['--output=x', 'there is no commit --output=x here'],
])('%s is refused with a word on it', async (revision, message) => {
  const { code, err } = await check(['.', `--changed-since=${revision}`], { cwd: folder })
  expect(err).toContain(message)
  expect(code).toBe(2)
})

test('outside of a repository it says so', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'writ-outside-'))
  const { code, err } = await check(['.', '--changed-since', 'main'], { cwd: outside })
  rmSync(outside, { recursive: true })
  expect(err).toContain('not in a git repository')
  expect(code).toBe(2)
})

test('of a repository within that differs, all is judged: git says no more of it', async () => {
  const part = mkdtempSync(join(tmpdir(), 'writ-part-'))
  execFileSync('git', ['clone', '--quiet', folder, part])
  git('-c', 'protocol.file.allow=always', 'submodule', 'add', part, 'part')
  git('add', '.')
  git('commit', '-m', 'with a part')
  expect(await filesSince('HEAD')).toEqual({ code: 0, files: [] })
  write(folder, { 'part/deploy/search.yaml': `${deployment('search')}# saved there\n` })
  git('config', 'diff.ignoreSubmodules', 'all')
  const { files } = await filesSince('HEAD')
  expect(files).toContain('part/deploy/search.yaml')
  expect(files).not.toContain('deploy/search.yaml')
  rmSync(part, { recursive: true })
})

test('before the first commit all is new, so that a hook lets a repository begin', async () => {
  const young = mkdtempSync(join(tmpdir(), 'writ-young-'))
  execFileSync('git', ['init', '--quiet', young])
  write(young, { 'a.yaml': deployment('a'), 'b.yaml': deployment('b') })
  execFileSync('git', ['add', 'a.yaml'], { cwd: young })
  expect(await filesSince('HEAD', young)).toEqual({ code: 0, files: ['a.yaml', 'b.yaml'] })
  rmSync(young, { recursive: true })
})

test('a folder that git does not trust is told from one without git', async () => {
  const env = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' }
  const { code, err } = await check(['.', '--changed-since', 'main'], { cwd: folder, env })
  expect(err).toContain(`git config --global --add safe.directory ${folder}`)
  expect(code).toBe(2)
})
