import { homedir } from 'node:os'
import { cacheFolder, proveCases } from '@writ/compiler'
import { beforeAll, expect, test } from 'vitest'
import { policies, readCases } from './cases.ts'
import { shippedPack, type ShippedPack } from './pack.ts'

let pack: ShippedPack
beforeAll(async () => {
  pack = await shippedPack()
})

/** Both must say the same of each case: the module that decides, and OPA's own interpreter over the same files. */
test('what was compiled means what was written', async () => {
  const { env } = process
  const around = { env, cacheDir: cacheFolder(env, homedir()), onProgress: console.log }
  const { cases, issues } = await proveCases({ ...around, policies, bundle: pack.files })
  expect(issues).toEqual([])
  expect(cases).toBe(readCases().length)
}, 300_000)
