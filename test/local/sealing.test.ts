import { copyFileSync, rmSync } from 'node:fs'
import { openStore } from '@writ/sqlite'
import { expect, test } from 'vitest'
import { decide, example, scratch, startWrit, type Server } from './server.ts'

const folder = scratch()
const data = folder.path('data')
const request = example('deploy-allowed')

/** Starts the house, decides once, and ends it when that is sealed. */
async function decideAndSeal(): Promise<void> {
  const server = await start()
  expect((await decide(server, request)).status).toBe(200)
  const store = openStore(`${data}/writ.db`)
  await expect.poll(() => store.log.pending(1), { timeout: 60_000 }).toEqual([])
  await store.close()
  await server.stop('SIGTERM')
}

function start(): Promise<Server> {
  return startWrit(['--data', data, '--no-sample'])
}

test('a store from a backup halts sealing and not deciding, until its owner says that it counts', async () => {
  await decideAndSeal()
  copyFileSync(`${data}/writ.db`, folder.path('backup.db'))
  await decideAndSeal()
  copyFileSync(folder.path('backup.db'), `${data}/writ.db`)
  const server = await start()
  expect((await decide(server, request)).status).toBe(200)
  await server.says(/"event":"seal".*"code":"log-halted"/)
  await server.stop('SIGTERM')
  rmSync(`${data}/log.signed`)
  await decideAndSeal()
  folder.remove()
})
