import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keptCode } from '../../packages/cli/bin/kept-code.js'
import { bundleCommand } from '../../tools/command.ts'
import { root as repository, writ } from './command.ts'

let root: string
let cache: string
let made: number
let told: string[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'writ-kept-'))
  cache = join(root, 'cache')
  made = 0
  told = []
  // As if everything in this folder had been there for a while.
  vi.setSystemTime(Date.now() + 60_000)
  write('main.ts', 'one')
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(root, { recursive: true })
})

const write = (name: string, text: string) => writeFileSync(join(root, name), text)
const copy = async (folder: string, files = ['main.ts']): Promise<readonly string[]> => {
  made += 1
  writeFileSync(join(folder, 'main.js'), readFileSync(join(root, 'main.ts')))
  return files
}
const tell = (words: string) => told.push(words)
const kept = (bundle = copy) => keptCode({ root, cache, bundle, tell })
const codeIn = (folder: string | null) => readFileSync(join(folder ?? '', 'main.js'), 'utf8')

describe('code is made of its sources', () => {
  test('once, while they are what they were', async () => {
    const first = await kept()
    expect(await kept()).toBe(first)
    expect(made).toBe(1)
  })

  test('anew when one has other bytes, of the same length and under the same date', async () => {
    utimesSync(join(root, 'main.ts'), 1, 1)
    await kept()
    write('main.ts', 'two')
    utimesSync(join(root, 'main.ts'), 1, 1)
    expect(codeIn(await kept())).toBe('two')
  })

  test('anew when one is gone', async () => {
    write('other.ts', '')
    await kept((folder) => copy(folder, ['main.ts', 'other.ts']))
    rmSync(join(root, 'other.ts'))
    await kept()
    expect(made).toBe(2)
  })

  test('not anew for another checkout of the same bytes', async () => {
    const first = await kept()
    rmSync(join(root, 'main.ts'))
    write('main.ts', 'one')
    expect([await kept(), await kept(), made]).toEqual([first, first, 1])
  })

  test('anew when what was kept is damaged', async () => {
    const first = await kept()
    rmSync(join(first ?? '', 'main.js'))
    const second = await kept()
    expect(codeIn(second)).toBe('one')
    writeFileSync(join(second ?? '', '..', 'kept.json'), '{')
    expect(codeIn(await kept())).toBe('one')
    expect(made).toBe(3)
  })

  test('and not used where one is written meanwhile, or cannot be bundled', async () => {
    vi.useRealTimers()
    const meanwhile = async (folder: string) => {
      const files = await copy(folder)
      write('main.ts', 'two')
      return files
    }
    expect([await kept(meanwhile), told]).toEqual([null, []])
    expect(await kept(() => Promise.reject(new Error('a mistake')))).toBeNull()
  })

  test('and where it cannot be made, that is told once a day, with the way out', async () => {
    const fails = () => kept(() => Promise.reject(new Error('no esbuild\nat a line')))
    expect([await fails(), await fails()]).toEqual([null, null])
    expect(told).toEqual([
      expect.stringMatching(
        /^its own code cannot be kept in .*, so every start takes longer: no esbuild\. Set XDG_CACHE_HOME to a folder that can be written, or run `npm ci` again$/,
      ),
    ])
    vi.setSystemTime(Date.now() + 2 * 86_400_000)
    await fails()
    expect(told).toHaveLength(2)
  })

  test('and each time where nothing can be remembered', async () => {
    write('cache', 'a file')
    expect([await kept(), await kept()]).toEqual([null, null])
    expect(told).toHaveLength(2)
  })

  test('and where a source bears a date that is yet to come, which no wait mends', async () => {
    vi.setSystemTime(0)
    expect([await kept(), told]).toEqual([
      null,
      [expect.stringContaining('main.ts bears a date that is yet to come')],
    ])
  })
})

test('the command that is made of the sources says what they say', async () => {
  const files: string[] = []
  const bundle = async (out: string) => {
    files.push(...(await bundleCommand(out)))
    return files
  }
  const folder = await keptCode({ root: repository, cache, bundle, tell })
  for (const name of ['packages/cli/src/main.ts', 'packages/rego/package.json', 'tsconfig.json'])
    expect(files).toContain(name)
  if (folder === null) throw new Error('it could not be made')
  write(
    'run.mjs',
    `const { main } = await import('${pathToFileURL(join(folder, 'main.js')).href}'); await main(null)`,
  )
  const asked = ['check', 'examples/shop/web', '--environment', 'production']
  const run = [join(root, 'run.mjs'), ...asked]
  const { status, stdout } = spawnSync(process.execPath, run, { cwd: repository, encoding: 'utf8' })
  const sources = await writ(asked, { env: { WRIT_DEBUG: 'the sources' } })
  expect(sources.out).toContain('Judged by the policies')
  expect([status, stdout]).toEqual([sources.code, sources.out])
})
