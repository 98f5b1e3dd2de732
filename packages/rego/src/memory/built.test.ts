import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'
import { expect, test } from 'vitest'

const file = join(import.meta.dirname, 'module.ts')
const sources = join(import.meta.dirname, '..', '..', 'memory')
const options =
  '-O3 --runtime stub --importMemory --initialMemory 1 --noExportMemory --enable simd --use abort='

test('the module that reads and writes values is what its sources give', async () => {
  const files = new Map<string, string | Uint8Array>()
  const { error } = await asc.main(
    ['index.ts', '--baseDir', sources, '--outFile', 'values.wasm', ...options.split(' ')],
    { writeFile: (name, content) => void files.set(name, content) },
  )
  expect(error).toBeNull()
  const base64 = Buffer.from(files.get('values.wasm') ?? '').toString('base64')
  const text = `/** \`packages/rego/memory\`, compiled; in base64. \`WRITE_GOLDEN=1 vitest run\` on the test beside it writes it anew. */
export const memoryModule =
  '${base64}'
`
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
}, 60_000)
