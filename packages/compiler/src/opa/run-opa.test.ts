import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Environment } from '../surroundings.ts'
import { ensureOpa } from './ensure-opa.ts'
import { runOpa } from './run-opa.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-run-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A WASI program in a few bytes, which stands in for opa: it writes a text to a stream, then ends or turns for ever. */
function program(
  name: string,
  { says, fd = 1, end }: { says: string; fd?: number; end: 'ends' | 'turns' | 'exits' },
): string {
  const text = [...new TextEncoder().encode(says)]
  const section = (id: number, ...content: number[]): number[] => [id, content.length, ...content]
  const word = (value: string): number[] => [value.length, ...new TextEncoder().encode(value)]
  const host = word('wasi_snapshot_preview1')
  const ending = { ends: [], turns: [0x03, 0x40, 0x0c, 0, 0x0b], exits: [0x41, 3, 0x10, 1] }[end]
  const body = [0, 0x41, fd, 0x41, 0, 0x41, 1, 0x41, 8, 0x10, 0, 0x1a, ...ending, 0x0b]
  const data = [16, 0, 0, 0, text.length, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...text]
  const bytes = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, 3, 0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f, 0x60, 1, 0x7f, 0, 0x60, 0, 0),
    section(2, 2, ...host, ...word('fd_write'), 0, 0, ...host, ...word('proc_exit'), 0, 1),
    section(3, 1, 2),
    section(5, 1, 0, 1),
    section(7, 2, ...word('memory'), 2, 0, ...word('_start'), 0, 2),
    section(10, 1, body.length, ...body),
    section(11, 1, 0, 0x41, 0, 0x0b, data.length, ...data),
  ].flat()
  const path = join(folder, `${name}.wasm`)
  writeFileSync(path, Uint8Array.from(bytes))
  return path
}

const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const thrown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  return thrown instanceof Fault
    ? `${thrown.code}: ${thrown.message}`
    : `no fault: ${String(thrown)}`
}

describe('a run', () => {
  test('keeps what was said on each stream, and tells it as it comes', async () => {
    const heard: string[] = []
    const onStdout = (bytes: Uint8Array): number => heard.push(new TextDecoder().decode(bytes))
    const opa = program('says', { says: 'hello', end: 'ends' })
    expect(await runOpa([], { opa, folders: {}, cwd: '/', onStdout })).toEqual({
      code: 0,
      stdout: 'hello',
      stderr: '',
    })
    expect(heard).toEqual(['hello'])
  })

  test('keeps the exit code and the error stream', async () => {
    const opa = program('exits', { says: 'no', fd: 2, end: 'exits' })
    expect(await runOpa([], { opa, folders: {}, cwd: '/' })).toEqual({
      code: 3,
      stdout: '',
      stderr: 'no',
    })
  })

  test('that never ends is stopped at its time limit', async () => {
    const opa = program('turns', { says: '', end: 'turns' })
    const fault = await faultOf(runOpa(['eval'], { opa, folders: {}, cwd: '/', timeLimitMs: 50 }))
    expect(fault).toBe('compiler-unavailable: opa eval was stopped: it ran for 0.05 s')
  })
})

describe('which opa is taken', () => {
  const ensure = (env: Environment): Promise<string> =>
    ensureOpa({ env, cacheDir: join(folder, 'cache'), onProgress: () => undefined })

  test('the one that WRIT_OPA names, when it is of the pinned version', async () => {
    const path = program('right', { says: 'Version: 1.22.2\n', end: 'ends' })
    expect(await ensure({ WRIT_OPA: path })).toBe(path)
  })

  test('another version is refused, with both versions', async () => {
    const path = program('old', { says: 'Version: 1.14.1\n', end: 'ends' })
    expect(await faultOf(ensure({ WRIT_OPA: path }))).toMatch(
      /^compiler-unavailable: .*old\.wasm, which is opa 1\.14\.1; Writ needs opa 1\.22\.2\./,
    )
  })

  test.each([
    ['a file that is not there', 'nowhere.wasm'],
    ['a file that is no program', 'text.wasm'],
  ])('%s is refused', async (_, name) => {
    writeFileSync(join(folder, 'text.wasm'), 'text')
    expect(await faultOf(ensure({ WRIT_OPA: join(folder, name) }))).toMatch(/cannot be run/)
  })

  test('without Go there is one message that says what to do', async () => {
    const fault = await faultOf(ensure({ PATH: folder }))
    expect(fault).toMatch(
      /^compiler-unavailable: opa 1\.22\.2 for WebAssembly must be built once, and there is no Go here\. Install Go 1\.26 .* or build it elsewhere and name it: opa\.wasm by WRIT_OPA,/,
    )
  })

  test('a Go that is too old says so', async () => {
    const bin = join(folder, 'go')
    writeFileSync(
      bin,
      '#!/bin/sh\nif [ "$1" = env ]; then echo go1.21.0; exit; fi\necho "go: go.mod requires go >= 1.26.0 (running go 1.21.0; GOTOOLCHAIN=local)" >&2\nexit 1\n',
    )
    chmodSync(bin, 0o755)
    const fault = await faultOf(ensure({ PATH: `${folder}:/bin:/usr/bin` }))
    expect(fault).toMatch(/could not be built with go1\.21\.0\. This Go is too old/)
  })

  test('what Go builds is kept, and built again only when it is damaged', async () => {
    const log = join(folder, 'builds')
    writeFileSync(log, '')
    const bin = join(folder, 'go')
    writeFileSync(
      bin,
      `#!/bin/sh\nif [ "$1" = env ]; then echo go1.26.8; exit; fi\necho build >> ${log}\nwhile [ "$1" != -o ]; do shift; done\necho built > "$2"\n`,
    )
    chmodSync(bin, 0o755)
    const env = { PATH: `${folder}:/bin:/usr/bin` }
    const path = await ensure(env)
    expect(await ensure(env)).toBe(path)
    expect(await ensure({ PATH: '/nowhere' })).toBe(path)
    writeFileSync(path, 'half')
    expect(await ensure(env)).toBe(path)
    expect(readFileSync(log, 'utf8')).toBe('build\nbuild\n')
  })
})
