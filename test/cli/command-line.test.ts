import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectGolden, pack, root, write, writ } from './command.ts'

const commands = [
  [],
  ['audit'],
  ['audit', 'evidence'],
  ['audit', 'export'],
  ['audit', 'fsck'],
  ['audit', 'import'],
  ['audit', 'monitor'],
  ['audit', 'prove'],
  ['audit', 'receipt', 'verify'],
  ['audit', 'verify'],
  ['check'],
  ['decide'],
  ['decide', 'deploy'],
  ['decide', 'access'],
  ['explain'],
  ['policy'],
  ['policy', 'list'],
  ['policy', 'show'],
  ['policy', 'build'],
  ['policy', 'lint'],
  ['policy', 'test'],
  ['policy', 'eval'],
  ['policy', 'inspect'],
  ['policy', 'diff'],
  ['policy', 'keygen'],
  ['policy', 'sign'],
  ['policy', 'verify'],
  ['waiver'],
  ['waiver', 'grant'],
  ['waiver', 'list'],
  ['waiver', 'revoke'],
]
test('every command has help that is kept as it was promised', async () => {
  const helps: string[] = []
  for (const command of commands) {
    const { code, out } = await writ([...command, '--help'])
    expect(code).toBe(0)
    if (command.length !== 1 || command[0] === 'check') expect(out).toMatch(/\$ writ |Commands:/)
    helps.push(`$ writ ${[...command, '--help'].join(' ')}\n${out}`)
  }
  expectGolden('help', helps.join('\n'))
})

describe('policies', () => {
  test('are built, and said to be good', async () => {
    const { code, out } = await writ(['policy', 'build', '--policies', pack])
    expectGolden('policy-build', out)
    expect(code).toBe(0)
  })
  test('are tested, with what no test reaches', async () => {
    const { code, out } = await writ(['policy', 'test', '--policies', pack])
    expectGolden('policy-test', out)
    expect(code).toBe(0)
  })
  test('are listed, and one is shown in full', async () => {
    const small = ['--policies', pack]
    const list = await writ(['policy', 'list', ...small])
    const show = await writ(['policy', 'show', 'config.kubernetes.privileged', ...small])
    expectGolden('policy-list', list.out)
    expectGolden('policy-show', show.out)
    expect([list.code, show.code]).toEqual([0, 0])
  })
  test('are listed by kind and control', async () => {
    const listed = async (...filter: readonly string[]) => {
      const json = ['--policies', pack, '--format', 'json']
      const { out } = await writ(['policy', 'list', ...json, ...filter])
      return JSON.parse(out).rules.map(({ rule }: { rule: string }) => rule)
    }
    expect(await listed('--kind', 'deploy')).toEqual([])
    expect(await listed('--control', 'cis-5.2')).toEqual(['config.kubernetes.privileged'])
    expect(await listed('--control', 'CIS-5.2.1')).toEqual(['config.kubernetes.privileged'])
    expect(await listed('--control', 'CIS-5.2.11')).toEqual([])
  })
  test('a name that no rule has is met with those that may be meant', async () => {
    const { code, err } = await writ(['policy', 'show', 'privilegd', '--policies', pack])
    expect({ code, err }).toEqual({
      code: 2,
      err: 'writ: No rule is called privilegd: did you mean config.kubernetes.privileged?\n',
    })
    const far = await writ(['policy', 'show', 'zzzzzzzz', '--policies', pack])
    expect(far.err).toContain('writ policy list names them all')
  })
  test('that are broken are named by file and line, with exit code 2', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'writ-pack-'))
    execFileSync('cp', ['-r', `${pack}/.`, folder])
    write(folder, {
      'config/kubernetes/owner.rego': 'package config.kubernetes.owner\n\nfinding {',
    })
    const { code, err } = await writ(['policy', 'build', '--policies', folder])
    rmSync(folder, { recursive: true, force: true })
    expect(code).toBe(2)
    expect(err).toMatch(/^ {2}config\/kubernetes\/owner\.rego:3:\d+: /m)
  })
})

describe('opa', () => {
  test('is passed every argument, help and exit code included', async () => {
    const help = await writ(['opa', 'eval', '--help'])
    expect(help.code).toBe(0)
    expect(help.out + help.err).toContain('opa eval <query>')
    const failed = await writ(['opa', 'eval', '--fail', 'input.nothing'])
    expect(failed.code).toBe(1)
  })
  test('reads standard input and files of the current folder', async () => {
    const { code, out } = await writ(
      ['opa', 'eval', '--stdin-input', '--format', 'raw', 'input.x'],
      {
        input: '{"x": 42}',
      },
    )
    expect({ code, out: out.trim() }).toEqual({ code: 0, out: '42' })
  })
})

test('any Node that is not the pinned one hands over to it, with its arguments and exit code', () => {
  const other = otherNode()
  const bin = join(root, 'packages/cli/bin/writ.js')
  const { status, stdout } = spawnSync(
    other.file,
    [...other.args, bin, 'check', '--format', 'xml'],
    {
      encoding: 'utf8',
    },
  )
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
})

/** Where the machine has only the pinned Node, it says that it is another version. */
function otherNode(): { readonly file: string; readonly args: readonly string[] } {
  const pretend = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v18.0.0"})'
  return { file: process.execPath, args: ['--import', pretend] }
}
