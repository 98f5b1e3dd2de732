import { copyFileSync, readFileSync } from 'node:fs'
import { openStore } from '@writ/sqlite'
import { afterAll, expect, test } from 'vitest'
import { writ } from '../audit/desk.ts'
import { decide, example, scratch, startWrit } from './server.ts'

const folder = scratch()
afterAll(folder.remove)

/** Starts the house, decides so often, and ends it when all of that is sealed. Gives the ids. */
async function decideAndSeal(data: string, count: number): Promise<readonly string[]> {
  const server = await startWrit(['--data', data, '--no-sample'])
  const ids: string[] = []
  for (let made = 0; made < count; made += 1)
    ids.push((await decide(server, example('deploy-denied'))).json.id)
  const store = openStore(`${data}/writ.db`)
  await expect.poll(() => store.log.pending(1), { timeout: 60_000 }).toEqual([])
  await store.close()
  expect(await server.stop('SIGTERM')).toBe(0)
  return ids
}

test('a house that moves by export and import goes on sealing the same log, and old records are proved there', async () => {
  const [old, moved] = [folder.path('old'), folder.path('moved')]
  const [exported, state, policy] = [
    folder.path('export'),
    folder.path('state'),
    folder.path('export/trust.policy'),
  ]
  const ids = await decideAndSeal(old, 3)
  expect((await writ('audit', 'export', exported, '--data', old)).code).toBe(0)
  expect((await writ('audit', 'monitor', '--data', old, '--state', state)).code).toBe(0)
  expect((await writ('audit', 'import', exported, '--data', moved)).code).toBe(0)
  for (const name of ['log.key', 'log.signed', 'receipts.key'])
    copyFileSync(`${old}/${name}`, `${moved}/${name}`)
  await decideAndSeal(moved, 2)
  const { code, out } = await writ('audit', 'monitor', '--data', moved, '--state', state)
  expect([code, out]).toEqual([0, expect.stringContaining(', 2 entries more than before')])
  expect((await writ('audit', 'fsck', '--data', moved, '--policy', policy)).code).toBe(0)
  const proof = folder.path('one.tlog-proof')
  expect((await writ('audit', 'prove', ids[0] ?? '', '--data', moved, '-o', proof)).code).toBe(0)
  const files = [proof, '--record', folder.path('one.json'), '--policy', policy]
  expect((await writ('audit', 'verify', ...files)).code).toBe(0)
})

test('evidence of a house has the policies that decided, by which the sample is decided again', async () => {
  const [data, exported, evidence] = ['decided', 'whole', 'evidence'].map(folder.path) as [string, string, string]
  await decideAndSeal(data, 4)
  expect((await writ('audit', 'export', exported, '--data', data)).code).toBe(0)
  const gathered = await writ('audit', 'evidence', evidence, '--data', data, '--seed', 'seven', '--sample', '2')
  expect(gathered).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Drew 2 of 4 decisions') })
  expect(readFileSync(`${evidence}/controls.csv`, 'utf8')).toContain('SOC2-CC8.1,deploy.approvals,')
  const again = await writ('audit', 'replay', '--folder', exported, '--bundles', `${evidence}/bundles`)
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('4 the same') })
}) // prettier-ignore
