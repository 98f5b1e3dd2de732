import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, ensureGoBuiltins } from '@writ/compiler'
import { readBundle } from '@writ/rego'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { page } from './commands.ts'

const root = join(import.meta.dirname, '..', '..')

/** The examples of a README with what they print. */
function examplesOf(path: string): readonly (readonly [code: string, printed: string])[] {
  const pattern = /^```ts\n([\s\S]*?)^```\n\nIt prints:\n\n```text\n([\s\S]*?)^```$/gm
  return [...page(root, path).matchAll(pattern)].map(([, code = '', printed = '']) => [
    code,
    printed,
  ])
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-readme-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One after another, as somebody reads them: the compiler’s first example writes the bundle that the others read. */
describe.each(['packages/compiler/README.md', 'packages/rego/README.md'])('%s', (path) => {
  beforeAll(async () => {
    if (!path.includes('rego')) return
    const { env } = process
    const around = { env, cacheDir: cacheFolder(env, homedir()), onProgress: console.log }
    copyFileSync(await ensureGoBuiltins(around), join(folder, 'opa-builtins.wasm'))
    const files = readBundle(readFileSync(join(folder, 'bundle.tar.gz')))
    writeFileSync(join(folder, 'policy.wasm'), files.get('policy.wasm') ?? '')
  })

  test('says of every example what it prints', () => {
    expect(examplesOf(path)).toHaveLength(page(root, path).split('```ts').length - 1)
  })

  test.each(examplesOf(path))('an example prints what is written there', (code, printed) => {
    writeFileSync(join(folder, 'example.ts'), code)
    const args = ['--disable-warning=ExperimentalWarning', 'example.ts']
    const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    expect([run.status, run.stdout], run.stderr).toEqual([0, printed])
  })
})
