import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyOfHouse, createReader, freePort, page, shellBlocks, type Reader } from './commands.ts'

const root = join(import.meta.dirname, '..', '..')
const tutorials = globSync('docs/tutorial/*.md', { cwd: root }).toSorted()

describe.each(['README.md', ...tutorials])('every fenced command of %s runs', (path) => {
  let folder = ''
  let reader: Reader
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'writ-docs-'))
    copyOfHouse(root, folder)
    reader = createReader(folder, await freePort())
  })
  afterAll(async () => {
    await reader.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(shellBlocks(page(root, path)).map(({ line, text }) => [line, text] as const))(
    `${path}:%i`,
    async (_, text) => {
      if (text === 'npm ci && npm test')
        return expect(page(root, '.ci/run')).toContain(`\n${text}\n`)
      if (/^(npm ci && )?npm start/.test(text))
        return expect(await reader.start(text.replace('npm ci && ', ''))).toContain(
          'Writ is listening',
        )
      const { code, said } = await reader.run(text)
      expect(code, said).toBe(0)
    },
  )
})

test('every dependency has its line of reason, and every line a dependency', () => {
  const manifests = ['package.json', ...globSync('packages/*/package.json', { cwd: root })]
  const used = manifests.flatMap((path) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(page(root, path))
    return [...Object.keys(dependencies), ...Object.keys(devDependencies)]
  })
  const foreign = new Set(used.filter((name) => !name.startsWith('@writ/')))
  const text = page(root, 'docs/explanation/dependencies.md').split('## Built from source')[0] ?? ''
  const listed = [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name ?? '')
  expect(listed.toSorted()).toEqual([...foreign].toSorted())
})

test('every relative link of every page leads to a file', () => {
  const pages = globSync(
    ['*.md', 'docs/**/*.md', 'policies/**/*.md', 'examples/**/*.md', 'packages/*/*.md'],
    {
      cwd: root,
    },
  )
  const broken = pages.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, link]) => link ?? '')
      .filter((link) => !existsSync(join(root, dirname(path), link)))
      .map((link) => `${path}: ${link}`),
  )
  expect(broken).toEqual([])
})
