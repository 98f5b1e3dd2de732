import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureGoBuiltins } from '@writ/compiler'
import { loadGoBuiltins } from '@writ/rego'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { surroundings } from '../../tools/toolchain.ts'
import { builtinsPageOf, builtinsPagePath } from './builtins-page.ts'
import { capabilitiesPath, capabilitiesUnder } from './builtins-table.ts'

/** `npm test` builds the native twin and names it, or says at its end that these could not be run. */
const opa = process.env['WRIT_NATIVE_OPA'] ?? ''
const hasNative = opa !== ''

test.runIf(hasNative)(
  'a pack may use what is answered, and gives the same tomorrow',
  async () => {
    const go = loadGoBuiltins(readFileSync(await ensureGoBuiltins(surroundings())))
    const path = join(import.meta.dirname, '..', '..', capabilitiesPath)
    const capabilities = capabilitiesUnder(opa, go)
    if (process.env['WRITE_GOLDEN'] !== undefined) writeFileSync(path, capabilities)
    expect(readFileSync(path, 'utf8')).toBe(capabilities)
  },
  300_000,
)

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
