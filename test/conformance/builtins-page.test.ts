import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureGoBuiltins } from '@writ/compiler'
import { loadGoBuiltins } from '@writ/rego'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { surroundings } from '../../tools/toolchain.ts'
import { builtinsPageOf, builtinsPagePath } from './builtins-page.ts'

/** `npm test` builds the native twin and names it, or says at its end that these could not be run. */
const opa = process.env['WRIT_NATIVE_OPA'] ?? ''
const hasNative = opa !== ''

test.runIf(hasNative)(
  'the page of builtins says what answers each of them',
  async () => {
    const go = loadGoBuiltins(readFileSync(await ensureGoBuiltins(surroundings())))
    const path = join(import.meta.dirname, '..', '..', builtinsPagePath)
    const options = await resolveConfig(path)
    const page = await format(builtinsPageOf(opa, go), { ...options, filepath: path })
    if (process.env['WRITE_GOLDEN'] !== undefined) writeFileSync(path, page)
    expect(readFileSync(path, 'utf8')).toBe(page)
  },
  300_000,
)
