import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldersFor } from './opa-command.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'writ-folders-'))
  for (const name of ['here', 'here/inside', 'there']) mkdirSync(join(root, name))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const cases: readonly [string, readonly string[], readonly string[]][] = [
  ['only the current folder, by default', ['eval', '1/2 == x'], ['here']],
  ['a path inside is in it already', ['test', 'inside', './inside'], ['here']],
  ['a path beside', ['test', '../there'], ['here', 'there']],
  ['a flag with a path', ['build', '--output=../there/new.tar.gz'], ['here', 'there']],
  [
    'a path that is not there: the nearest folder that is',
    ['test', '../there/no/such'],
    ['here', 'there'],
  ],
  ['a prefixed data path', ['eval', '-d', 'a.b:../there'], ['here', 'there']],
]
test.each(cases)('%s', (_, args, expected) => {
  const folders = expected.map((name) => join(root, name))
  expect(Object.keys(foldersFor(args, join(root, 'here')))).toEqual(folders)
})
