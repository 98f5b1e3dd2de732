import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { signatureCount } from '@writ/ledger'
import { openStore } from '@writ/sqlite'
import { expect, test } from 'vitest'
import { writ } from '../audit/desk.ts'
import { decide, example, root, scratch, startWrit } from './server.ts'

const run = promisify(execFile)
const folder = scratch()
const data = folder.path('data')

function written(name: string, text: string): string {
  writeFileSync(folder.path(name), text)
  return folder.path(name)
}

const keys = (word: string): Promise<{ readonly stdout: string }> =>
  run(process.execPath, [join(root, 'packages', 'local', 'src', 'main.ts'), 'keys', word, '--data', data]) // prettier-ignore

/** How many signatures the published checkpoint has, once nothing waits for its place. */
async function signaturesOfAll(): Promise<number> {
  const store = openStore(`${data}/writ.db`)
  try {
    await expect.poll(() => store.log.pending(1), { timeout: 60_000 }).toEqual([])
    return signatureCount((await store.log.checkpoint()) ?? '')
  } finally {
    await store.close()
  }
}

const fsck = (policy: string) => writ('audit', 'fsck', '--data', data, '--policy', policy)

test('a house that is killed in the middle of a turn goes on with it, and who trusts the old key follows', async () => {
  await expect(keys('rotate')).rejects.toThrow(/no data folder with keys/)
  const start = () => startWrit(['--data', data, '--no-sample'])
  const first = await start()
  const policy = written(
    'trust.policy',
    `log ${readFileSync(`${data}/log.vkey`, 'utf8')}quorum none\n`,
  )
  const receipts = written('receipts.vkey', readFileSync(`${data}/receipts.vkey`, 'utf8'))
  expect((await decide(first, example('deploy-allowed'))).status).toBe(200)
  await signaturesOfAll()
  await expect(keys('retire')).rejects.toThrow(/No key of .* turns/)
  await first.stop('SIGKILL')

  // Nobody has announced them when the house dies.
  expect((await keys('rotate')).stdout).toMatch(/\+[0-9a-f]{8}\+/)
  expect((await keys('rotate')).stdout).toBe((await keys('rotate')).stdout)
  await expect(keys('retire')).rejects.toThrow(/does not have the announcement/)
  const second = await start()
  expect((await decide(second, example('deploy-denied'))).status).toBe(200)
  await expect.poll(signaturesOfAll, { timeout: 60_000 }).toBe(2)
  expect(await fsck(policy)).toMatchObject({ code: 0 })

  // And it turns under a house that runs.
  await keys('retire')
  expect(existsSync(`${data}/log.next.key`)).toBe(false)
  await decide(second, example('deploy-allowed'))
  await expect.poll(signaturesOfAll, { timeout: 60_000 }).toBe(1)
  const { text: answer } = await decide(second, example('access-allowed'))
  expect(await signaturesOfAll()).toBe(1)
  await second.stop('SIGTERM')
  expect(await fsck(policy)).toMatchObject({ code: 0 })
  const kept = written('answer.json', answer)
  expect(await writ('audit', 'receipt', 'verify', kept, '--key', receipts)).toMatchObject({
    code: 2,
  })
  expect(await writ('audit', 'receipt', 'verify', kept, '--key', receipts, '--data', data, '--policy', policy)).toMatchObject({ code: 0 }) // prettier-ignore
  folder.remove()
}, 300_000)
