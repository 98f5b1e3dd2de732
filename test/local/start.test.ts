import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { readCheckpoint, readNote, readVerifierKey, verifyNote } from '@writ/ledger'
import { openStore } from '@writ/sqlite'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { decide, example, get, post, root, scratch, startWrit, type Server } from './server.ts'

const folder = scratch()
const data = folder.path('data')
let server: Server

beforeAll(async () => {
  server = await startWrit(['--data', data])
})
afterAll(async () => {
  await server.stop('SIGTERM')
  folder.remove()
})

describe('npm start', () => {
  test('says where it listens, and three commands that work as they stand', () => {
    const commands = [...server.out().matchAll(/^ {2}(\S.*)$/gm)].map(
      ([, command]) => command ?? '',
    )
    expect(commands).toHaveLength(3)
    for (const command of commands) {
      const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
        cwd: root,
        encoding: 'utf8',
      })
      if (command.startsWith('npx'))
        expect(status, stderr).toBe(1) // the shop has manifests to mend
      else
        expect(Object.keys(JSON.parse(stdout))).toContain(
          command.includes(' -d ') ? 'outcome' : 'items',
        )
    }
  })

  test('its sample shows every outcome, and services on the highest step of the ladder, below it, and there by a waiver', async () => {
    const decisions = JSON.parse((await get(server, '/v1/decisions?tenant=sample&limit=200')).text)
    const outcomes = decisions.items.map(({ outcome }: { outcome: string }) => outcome)
    expect(new Set(outcomes)).toEqual(
      new Set(['allow', 'allow_with_advice', 'deny', 'indeterminate']),
    )
    const level = async (service: string): Promise<unknown> => {
      const card = JSON.parse((await get(server, `/v1/scorecards/${service}?tenant=sample`)).text)
      return [card.level, card.level_without_exemptions]
    }
    await expect
      .poll(() => level('web').catch(() => null), { timeout: 20_000 })
      .toEqual(['clean', 'clean'])
    expect(await level('orders')).toEqual(['clean', 'none'])
    expect(await level('search')).toEqual(['none', 'none'])
  })

  test('what is recorded is sealed under the key of the data folder', async () => {
    const store = openStore(`${data}/writ.db`)
    onTestFinished(() => store.close())
    await expect.poll(() => store.log.pending(1), { timeout: 60_000 }).toEqual([])
    const note = readNote((await store.log.checkpoint()) ?? '')
    const key = readVerifierKey(readFileSync(`${data}/log.vkey`, 'utf8').trimEnd())
    expect(verifyNote(note, [key]).status).toBe('signed')
    expect(readCheckpoint(note.text).size).toBeGreaterThan(0)
    expect(statSync(`${data}/log.key`).mode & 0o777).toBe(0o600)
  })

  test.each<[string, string, string]>([
    ['deploy', 'deploy-allowed', 'allow'],
    ['deploy', 'deploy-denied', 'deny'],
    ['access', 'access-allowed', 'allow'],
    ['access', 'access-denied', 'deny'],
  ])('decides %s: %s', async (kind, name, outcome) => {
    const { status, json } = await decide(server, example(name))
    expect({ status, kind: example(name)['kind'], decision: json.decision }).toEqual({
      status: 200,
      kind,
      decision: outcome === 'allow',
    })
  })

  test('decides config', async () => {
    const { status, json } = await decide(server, {
      kind: 'config',
      subject: { type: 'user', id: 'ada' },
      action: { name: 'change' },
      resource: { type: 'repository', id: 'shop/deploy' },
      context: {
        environment: 'production',
        documents: [
          {
            type: 'kubernetes/Pod',
            id: 'shop/debug',
            operation: 'create',
            content: {
              apiVersion: 'v1',
              kind: 'Pod',
              metadata: { name: 'debug', namespace: 'shop' },
              spec: {
                containers: [{ name: 'root', image: 'x', securityContext: { privileged: true } }],
              },
            },
          },
        ],
      },
    })
    expect({ status, decision: json.decision }).toEqual({ status: 200, decision: false })
    expect(json.findings.map(({ rule }) => rule)).toContain('config.kubernetes.privileged')
  })

  test('keeps its secret to its owner', () => {
    expect(statSync(`${data}/cursor.key`).mode & 0o777).toBe(0o600)
    expect(readdirSync(data).filter((name) => name.startsWith('cursor.key'))).toEqual([
      'cursor.key',
    ])
  })

  test('a deployment that was reported of what was allowed earns its service a level', async () => {
    const request = example('deploy-allowed')
    const { json } = await decide(server, request)
    const { service, digest } = deployedBy(request)
    await post(server, '/v1/outcomes', {
      type: 'deployment_finished',
      service,
      environment: 'production',
      artifact: { digest },
      finished_at: new Date().toISOString(),
    })
    await expect
      .poll(async () => (await get(server, `/v1/scorecards/${service}`)).text, { timeout: 20_000 })
      .toContain(json.id)
    expect((await get(server, `/v1/scorecards/${service}`)).json).toMatchObject({
      level: 'clean',
      checks: [{ status: 'pass' }, { status: 'pass' }],
    })
  })

  test('another tenant sees nothing of it, and an unknown one is refused', async () => {
    const { json } = await decide(server, example('deploy-allowed'))
    expect((await get(server, `/v1/decisions/${json.id}?tenant=sample`)).status).toBe(404)
    expect((await get(server, `/v1/decisions/${json.id}?tenant=other`)).status).toBe(404)
    expect((await get(server, `/v1/decisions/${json.id}?tenant=local`)).status).toBe(200)
  })
})

describe('a second start', () => {
  test('has every record, byte for byte, under the same cursors, and needs no OPA', async () => {
    for (let count = 0; count < 3; count += 1) await decide(server, example('access-denied'))
    const before = await get(server, '/v1/decisions?limit=200')
    const { next_cursor } = JSON.parse((await get(server, '/v1/decisions?limit=2')).text)
    expect(await server.stop('SIGTERM')).toBe(0)
    server = await startWrit(['--data', data], { env: { WRIT_OPA: '/nowhere/opa.wasm' } })
    expect(server.err()).toBe('')
    const after = await get(server, '/v1/decisions?limit=200')
    expect(JSON.parse(after.text).items).toEqual(JSON.parse(before.text).items)
    expect((await get(server, `/v1/decisions?limit=2&cursor=${next_cursor}`)).status).toBe(200)
  })

  test('does not load the sample twice', async () => {
    const count = async (): Promise<number> =>
      JSON.parse((await get(server, '/v1/decisions?tenant=sample&limit=200')).text).items.length
    const before = await count()
    await server.stop('SIGINT')
    server = await startWrit(['--data', data])
    expect(before).toBeGreaterThan(20)
    expect(await count()).toBe(before)
  })
})

describe('what cannot start says why, and leaves nothing behind', () => {
  const port = () => new URL(server.address).port

  test.each<[string, () => readonly string[], number, RegExp]>([
    ['an unknown option', () => ['--prot', '1'], 2, /--prot is not an option that Writ knows[\s\S]*Usage: npm start/],
    ['a store elsewhere, nobody says where', () => ['--store', 'dynamodb'], 2, /needs --dynamodb-endpoint/],
    ['a port that is taken', () => ['--port', port(), '--data', folder.path('d2')], 1, /Port \d+ is taken/],
    ['no policies', () => ['--policies', folder.path('none'), '--data', folder.path('d3')], 1, /There is no folder of policies at/],
    ['a data folder that is a file', () => ['--data', folder.path('file')], 1, /Records cannot be kept in .*file: choose another --data/],
    ['a store that is not one', () => ['--data', folder.path('odd')], 1, /not a database/],
  ])('%s', async (_, args, code, said) => {
    writeFileSync(folder.path('file'), 'x')
    execFileSync('mkdir', ['-p', folder.path('odd')])
    writeFileSync(folder.path('odd/writ.db'), 'this is a text, and quite a long one'.repeat(200))
    const refused = await startWrit(args())
    expect(refused.err()).toMatch(said)
    expect({ code: refused.code(), address: refused.address }).toEqual({ code, address: '' })
  }) // prettier-ignore
})

function deployedBy(request: ReturnType<typeof example>): { service: string; digest: string } {
  const { resource, context } = JSON.parse(JSON.stringify(request))
  return { service: resource.id, digest: context.artifact.digest }
}
