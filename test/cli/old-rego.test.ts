import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root, write, writ, type Ended } from './command.ts'

const manifest = '{"rego_version": 0}\n'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-old-'))
  write(folder, {
    'mixed/old/.manifest': manifest,
    'mixed/old/names.rego':
      'package names\n\nbad[name] {\n\tname := input.names[_]\n\tname == "root"\n}\n',
    'mixed/old/names_test.rego':
      'package names\n\ntest_root { bad["root"] with input.names as ["root"] }\n',
    'mixed/new/app.rego':
      'package app\n\nimport data.names\n\ndeny contains name if some name in names.bad\n',
    'broken/.manifest': manifest,
    'broken/a.rego': 'package a\n\nallow {\n',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: readonly string[]): Promise<Ended> {
  return writ(['policy', ...args], { cwd: folder, input: '{"names": ["root", "ana"]}' })
}

describe('a folder of Rego of before OPA 1.0, as its .manifest says', () => {
  test('is built beside newer Rego, tested, linted and evaluated', async () => {
    const built = await run('build', 'mixed', '-e', 'app/deny', '-o', 'mixed.tar.gz')
    expect(built.code, built.err).toBe(0)
    expect((await run('eval', 'mixed.tar.gz', '--input', '-')).out).toBe('{"result": ["root"]}\n')
    expect((await run('test', 'mixed')).out).toContain('1 test passed, 0 failed')
    const lint = await run('lint', 'mixed', '--skip', 'regal,no-metadata')
    expect([lint.code, lint.out]).toEqual([0, expect.stringContaining('Nothing was found.')])
  })

  test('that is no Rego of then either is told where', async () => {
    const { code, err } = await run('build', 'broken', '-e', 'a/allow', '-o', 'a.tar.gz')
    expect([code, err]).toEqual([2, expect.stringMatching(/A folder whose \.manifest says "rego_version": 0 cannot be read\n {2}a\.rego:4:\d+: is not Rego: /)]) // prettier-ignore
  })

  test('may hold rules of a pack', async () => {
    const policies = join(folder, 'pack')
    cpSync(join(root, 'test', 'compiler', 'pack'), policies, { recursive: true })
    const path = join(policies, 'config', 'kubernetes', 'privileged.rego')
    const [metadata] = readFileSync(path, 'utf8').split(/^package /m)
    const rule = `package config.kubernetes.privileged

applies[position] {
	input.context.documents[position].type == "kubernetes/Pod"
}

finding[found] {
	position := applies[_]
	container := input.context.documents[position].content.spec.containers[_]
	container.securityContext.privileged == true
	found := {"message": "A container is privileged", "document": position}
}
`
    write(policies, {
      'config/kubernetes/.manifest': manifest,
      'config/kubernetes/privileged.rego': `${metadata}${rule}`,
    })
    const built = await run('build', '--policies', policies)
    expect([built.code, built.out]).toEqual([0, expect.stringContaining('1 config')])
    expect((await run('test', '--policies', policies)).out).toContain('2 tests passed, 0 failed')
    write(folder, {
      'pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: main, securityContext: { privileged: true } }] }\n',
    })
    const checked = await writ(['check', 'pod.yaml', '--policies', policies], { cwd: folder })
    expect(checked.out).toContain('A container is privileged')
  })
})
