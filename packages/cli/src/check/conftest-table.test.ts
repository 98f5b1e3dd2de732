import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { boxed } from './conftest-table.ts'

/**
 * What conftest 0.71.1 itself printed (`go install github.com/open-policy-agent/conftest@v0.71.1`, `conftest test -o table`)
 * for three files and a policy with rules of each kind.
 */
const printed = readFileSync(
  join(import.meta.dirname, '../../../../test/golden/cli/conftest-table.txt'),
  'utf8',
)

test('the box is that of conftest, with wide characters, too', () => {
  const success = (file: string, times: number) =>
    Array.from({ length: times }, () => ['success', file, 'main', 'SUCCESS'])
  expect(
    boxed([
      ...success('e.yaml', 3),
      ['exception', 'e.yaml', 'main', 'data.main.exception[_][_] == "x"'],
      ...success('shop/a.yaml', 2),
      ['warning', 'shop/a.yaml', 'main', 'checkout names no owner, öfter | pipe'],
      ['failure', 'shop/a.yaml', 'main', 'Container app is privileged.'],
      ...success('c.yaml', 3),
      ['failure', 'c.yaml', 'main', 'seen as wide: 日本, narrow: é'],
    ]),
  ).toBe(printed)
})
