import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { lintsOf, packLints } from '@writ/compiler'
import { describe, expect, test } from 'vitest'
import { page } from './commands.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = 'docs/reference/lints'
const names = globSync('*.md', { cwd: join(root, folder) })
  .map((name) => basename(name, '.md'))
  .filter((name) => name !== 'README')

test('every lint has its page and its line in the list, and every page a lint', () => {
  const lints = packLints.map(({ name }) => name).toSorted()
  expect(names.toSorted()).toEqual(lints)
  const listed = [...page(root, `${folder}/README.md`).matchAll(/^\| \[([^\]]+)\]/gm)]
  expect(listed.map(([, name]) => name)).toEqual(lints)
})

describe.each(names)('%s', (name) => {
  const [, finds = '', instead = ''] = page(root, `${folder}/${name}.md`).split(/^## .*$/m)
  test('finds what its page says', () => {
    expect(new Set(foundIn(finds))).toEqual(new Set([name]))
  })
  test('and nothing in what stands there instead', () => {
    expect(instead).toContain('```rego')
    expect(foundIn(instead)).toEqual([])
  })
})

/** The lints that find something in the Rego of this text. */
function foundIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```rego\n([\s\S]*?)^```$/gm)]
  return blocks.flatMap(([, rego = '']) =>
    lintsOf({ path: 'deploy/page.rego', text: rego }, packLints).map(({ lint }) => lint),
  )
}
