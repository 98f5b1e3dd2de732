import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { copyOfPolicies, decide, example, get, scratch, startWrit, type Server } from './server.ts'

vi.setConfig({ testTimeout: 300_000 }) // these compile, and OPA is slow where every core is taken
const folder = scratch()
afterAll(folder.remove)
let server: Server | null = null
afterEach(async () => {
  await server?.stop('SIGTERM')
  server = null
})

const rule = 'deploy/approvals.rego'
const edit = (policies: string, change: (text: string) => string): void =>
  writeFileSync(`${policies}/${rule}`, change(readFileSync(`${policies}/${rule}`, 'utf8')))
const digestOf = async (running: Server): Promise<string> =>
  JSON.parse((await get(running, '/v1/policies')).text).bundle.digest

test('an edited rule is swapped in; a broken one is named, and the last good bundle goes on', async () => {
  const policies = copyOfPolicies(folder.path('policies'))
  const running = await startWrit([
    '--policies',
    policies,
    '--data',
    folder.path('data'),
    '--no-sample',
  ])
  server = running
  const first = await digestOf(running)

  edit(policies, (text) => text.replace(/# title: .*/, '# title: Seen by others first'))
  await running.says(/The policies changed: policies-[0-9a-f]{12} decides from now on/)
  const edited = await digestOf(running)
  expect(edited).not.toBe(first)
  const denied = await decide(running, example('deploy-denied'))
  expect(denied.json.bundle.digest).toBe(edited)
  expect(denied.text).toContain('Seen by others first')

  edit(policies, (text) => `${text}\nbroken :=\n`)
  await running.says(/deploy\/approvals\.rego:\d+[\s\S]*the last good bundle, goes on deciding/)
  expect(await digestOf(running)).toBe(edited)
  expect((await decide(running, example('deploy-allowed'))).json.decision).toBe(true)

  edit(policies, (text) => text.replace('\nbroken :=\n', ''))
  await running.says(/The policies are as they were: policies-[0-9a-f]{12} decides/)
  expect(await digestOf(running)).toBe(edited)
})

test('a pack with mistakes does not start, and every mistake is named', async () => {
  const policies = copyOfPolicies(folder.path('broken'))
  edit(policies, (text) => text.replace(/# title: .*/, '# titel: Approvals'))
  const path = `${policies}/enforcement.json`
  const enforcement = JSON.parse(readFileSync(path, 'utf8'))
  delete enforcement.levels['access.roles'].production
  writeFileSync(path, JSON.stringify(enforcement))
  const refused = await startWrit(['--policies', policies, '--data', folder.path('data2')])
  expect(refused.code()).toBe(1)
  expect(refused.address).toBe('')
  expect(refused.err()).toMatch(/deploy\/approvals\.rego.*title/)
  expect(refused.err()).toMatch(/enforcement\.json.*access\.roles/)
})
