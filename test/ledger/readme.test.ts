import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'packages/ledger/README.md'), 'utf8')
const examples = [
  ...text.matchAll(/```ts\n(?<code>.*?)```\n\nIt prints:\n\n```text\n(?<output>.*?)```/gs),
].map(({ groups }) => [groups?.['code'] ?? '', groups?.['output'] ?? ''] as const)

test('every example of the README is followed by what it prints', () => {
  expect(examples).toHaveLength(text.split('```ts').length - 1)
})

test.each(examples)('an example of the README prints what is written there', (code, output) => {
  const run = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', code], {
    cwd: root,
    encoding: 'utf8',
  })
  expect([run.status, run.stdout]).toEqual([0, output])
})
