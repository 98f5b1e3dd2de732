import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, scratch, startWrit, type Server } from './server.ts'

const folder = scratch()
const repository = folder.path('shop')
let server: Server

const manifest = `apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: shop }
spec:
  containers:
    - name: probe
      image: registry.example/shop/probe:1.0.0
      # writ:ignore config.kubernetes.privileged it reads the counters of the kernel until the exporter does
      securityContext: { privileged: true }
`

beforeAll(async () => {
  mkdirSync(repository)
  writeFileSync(join(repository, 'probe.yaml'), manifest)
  server = await startWrit(['--data', folder.path('data'), '--no-sample'])
})
afterAll(async () => {
  await server.stop('SIGTERM')
  folder.remove()
})

/** A line as somebody pastes it into a shell, with what `npx writ` runs. */
function shell(line: string) {
  const writ = `${process.execPath} ${join(root, 'packages', 'cli', 'bin', 'writ.js')}`
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], CI: 'true', GITHUB_ACTOR: 'alice', GITHUB_REPOSITORY: 'acme/shop' } // prettier-ignore
  return spawnSync('bash', ['-c', line.replace(/^(npx )?writ /, `${writ} `)], {
    cwd: repository,
    env,
    encoding: 'utf8',
  })
}

test('a blocked check prints the command that waives, and passes once somebody else has run it', () => {
  const line = `npx writ check . --environment production --server ${server.address}`
  const blocked = shell(line)
  expect(blocked.status, blocked.stdout).toBe(1)
  const [command = ''] = /\bwrit waiver grant .*/.exec(blocked.stdout) ?? []
  expect(command).toContain(`--server ${server.address}`)

  const own = shell(command.replace('APPROVER', 'alice'))
  expect(own.status, 'nobody grants a waiver that he asks for').not.toBe(0)
  expect(shell(line).status).toBe(1)

  const granted = shell(command.replace('APPROVER', 'bob'))
  expect(granted.status, granted.stderr).toBe(0)
  const passed = shell(line)
  expect(passed.status, passed.stdout).toBe(0)
  expect(passed.stdout).toContain('One was granted: the comment may go.')

  const elsewhere = shell(line.replace('production', 'staging'))
  expect(elsewhere.status, 'a waiver holds where it was granted').toBe(1)
})
