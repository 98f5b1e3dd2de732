import { cpSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { caseLints, lintsOf, packLints } from '@writ/compiler'
import { describe, expect, test } from 'vitest'
import { writ } from '../cli/command.ts'
import { page } from './commands.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = 'docs/reference/lints'
const names = globSync('*.md', { cwd: join(root, folder) })
  .map((name) => basename(name, '.md'))
  .filter((name) => name !== 'README')

test('every lint has its page and its line in the list, and every page a lint', () => {
  const lints = [...packLints.map(({ name }) => name), ...caseLints].toSorted()
  expect(names.toSorted()).toEqual(lints)
  const listed = [...page(root, `${folder}/README.md`).matchAll(/^\| \[([^\]]+)\]/gm)]
  expect(listed.map(([, name]) => name)).toEqual(lints)
})

describe.each(names.filter((name) => !caseLints.includes(name)))('%s', (name) => {
  const [, finds = '', instead = ''] = page(root, `${folder}/${name}.md`).split(/^## .*$/m)
  test('finds what its page says', () => {
    expect(new Set(foundIn(finds))).toEqual(new Set([name]))
  })
  test('and nothing in what stands there instead', () => {
    expect(instead).toContain('```rego')
    expect(foundIn(instead)).toEqual([])
  })
})

describe.each(caseLints)('%s', (name) => {
  const [, finds = '', instead = ''] = page(root, `${folder}/${name}.md`).split(/^## .*$/m)
  test('finds what its page says, and nothing in what stands there instead', async () => {
    const policies = join(mkdtempSync(join(tmpdir(), 'writ-lints-')), 'pack')
    cpSync(join(root, 'test', 'compiler', 'pack'), policies, { recursive: true })
    rmSync(join(policies, 'deploy', 'approvals_test.rego'))
    writeRule(policies, finds)
    expect(new Set(await foundInPack(policies))).toEqual(new Set([name]))
    writeRule(policies, instead)
    expect(await foundInPack(policies)).toEqual([])
    rmSync(dirname(policies), { recursive: true })
  })
})

/** The rule and the cases in this text; what it does not say stays as it was. */
function writeRule(policies: string, text: string): void {
  for (const [language, ending] of [
    ['rego', 'rego'],
    ['yaml', 'cases.yaml'],
  ] as const) {
    const [block] = blocksOf(text, language)
    if (block !== undefined) writeFileSync(join(policies, 'deploy', `approvals.${ending}`), block)
  }
}

async function foundInPack(policies: string): Promise<readonly string[]> {
  const args = ['policy', 'lint', '--policies', policies, '--skip', 'regal', '--format', 'json']
  const { code, out, err } = await writ(args)
  expect(code, err).toBeLessThan(2)
  const { gates } = JSON.parse(out) as { gates: { issues: { lint: string }[] }[] }
  return gates.flatMap(({ issues }) => issues.map(({ lint }) => lint))
}

function blocksOf(text: string, language: string): readonly string[] {
  const pattern = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm')
  return [...text.matchAll(pattern)].map(([, block = '']) => block)
}

/** The lints that find something in the Rego of this text. */
function foundIn(text: string): readonly string[] {
  return blocksOf(text, 'rego').flatMap((rego) =>
    lintsOf({ path: 'deploy/page.rego', text: rego }, packLints).map(({ lint }) => lint),
  )
}
