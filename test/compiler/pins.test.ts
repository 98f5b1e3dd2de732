import { globSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, ensureGoBuiltins, opaVersion } from '@writ/compiler'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const pinned = globSync('tools/*/go.mod', { cwd: root })
  .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const)
  .flatMap(([path, text]) => {
    const [, version] =
      /^(?:require )?\s*github\.com\/open-policy-agent\/opa v(\S+)$/m.exec(text) ?? []
    return version === undefined ? [] : [[path, version] as const]
  })

test('every tool that is built from OPA is built from the same', () => {
  expect(pinned.length).toBeGreaterThanOrEqual(3)
  expect(pinned.filter(([, version]) => version !== opaVersion)).toEqual([])
})

const around = (builtins: string) => ({
  env: { ...process.env, WRIT_OPA_BUILTINS: builtins },
  cacheDir: cacheFolder(process.env, homedir()),
  onProgress: console.log,
})

test('builtins that are built already may be named, and must be of that OPA', async () => {
  const built = await ensureGoBuiltins(around(''))
  expect(await ensureGoBuiltins(around(built))).toBe(built)
  await expect(ensureGoBuiltins(around(import.meta.filename))).rejects.toThrow(/cannot be loaded/)
  await expect(ensureGoBuiltins(around('/nowhere'))).rejects.toThrow(/cannot be loaded/)
}, 600_000)
