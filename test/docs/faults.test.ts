import { join } from 'node:path'
import { expect, test } from 'vitest'
import { page } from './commands.ts'

const root = join(import.meta.dirname, '..', '..')

test('every test that the page of faults names is where it says', () => {
  const named = [
    ...page(root, 'docs/explanation/faults.md').matchAll(/^- \[([^\]]+)\]\([^)]+\): “([^”]+)”/gm),
  ]
  expect(named.length).toBeGreaterThan(30)
  const missing = named.filter(([, path = '', title = '']) => !page(root, path).includes(title))
  expect(missing.map(([line]) => line)).toEqual([])
})
