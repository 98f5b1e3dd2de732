import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { write, writ, type Ended } from './command.ts'

const rego = `package app

import rego.v1

allow if input.n > data.limits.n

echo := input

one := 1 if input.both

one := 2 if input.both

given if input == null
`

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'writ-eval-'))
  write(folder, { 'rego/app.rego': rego, 'rego/limits/data.json': '{"n": 3}' })
  const entrypoints = ['allow', 'echo', 'one', 'given'].flatMap((rule) => ['-e', `app/${rule}`])
  const { code, err } = await run('build', 'rego', ...entrypoints, '-o', 'bundle.tar.gz')
  expect(code, err).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: readonly string[]): Promise<Ended> {
  return writ(['policy', ...args], { cwd: folder })
}

function evaluate(input: string, ...args: readonly string[]): Promise<Ended> {
  return writ(['policy', 'eval', 'bundle.tar.gz', ...args], { cwd: folder, input })
}

test('each input gives a line: a result, that there is none, or an error', async () => {
  const inputs = '{"n": 4}\n{"n": 3}\r\n\n{"both"\n{"n": 5}'
  const { code, out } = await evaluate(inputs, '--entrypoint', 'app/allow', '--inputs', '-')
  expect(out.split('\n')).toEqual([
    '{"result": true}',
    '{"undefined": true}',
    expect.stringMatching(/^{"error": {"code": "input_invalid", "message": "the input is not JSON/),
    '{"result": true}',
    '',
  ])
  expect(code).toBe(1)
})

test('inputs that are false, empty or null are inputs', async () => {
  const inputs = ['false', '0', '""', 'null', '[]', '{}']
  const echoed = await evaluate(inputs.join('\n'), '--entrypoint', 'data.app.echo', '--inputs', '-')
  expect(echoed.out).toBe(inputs.map((input) => `{"result": ${input}}\n`).join(''))
  const given = await evaluate('null', '--entrypoint', 'app/given', '--input', '-')
  expect([given.code, given.out]).toEqual([0, '{"result": true}\n'])
})

test('an evaluation that OPA calls a conflict is an error', async () => {
  const { code, out } = await evaluate('{"both": true}', '--entrypoint', 'app/one', '--input', '-')
  expect(out).toMatch(/^{"error": {"code": "aborted", "message": ".*app\.rego:\d+:\d+: .*conflict/)
  expect(code).toBe(1)
})

describe('builtins that OPA does not compile into a module', () => {
  test('are OPA’s own, when it is built and when it is asked', async () => {
    const text = `package said

words := sprintf("%s of %v, %.2f", [input.name, {x | some x in input.set}, 2.5])

parsed := units.parse_bytes(input.size)
`
    write(folder, { 'said.rego': text })
    const entries = ['-e', 'said/words', '-e', 'said/parsed']
    const built = await run('build', 'said.rego', ...entries, '-o', 'said.tar.gz')
    expect(built.code, built.err).toBe(0)
    const ask = (entrypoint: string, ...more: readonly string[]): Promise<Ended> =>
      writ(['policy', 'eval', 'said.tar.gz', '--entrypoint', entrypoint, '--input', '-', ...more], {
        cwd: folder,
        input: '{"name": "Ada", "set": [2, 1], "size": "1 thing"}',
      })
    expect((await ask('said/words')).out).toBe('{"result": "Ada of {1, 2}, 2.50"}\n')
    expect((await ask('said/parsed')).out).toBe('{"undefined": true}\n')
    const strict = await ask('said/parsed', '--strict-builtin-errors')
    expect([strict.code, strict.out]).toEqual([
      1,
      expect.stringMatching(/"builtin_error", "message": "units\.parse_bytes: /),
    ])
  })

  test('make a million values and no more, and cost what they make', async () => {
    write(folder, { 'many.rego': 'package many\n\ncount_of := count(net.cidr_expand(input))\n' })
    const built = await run('build', 'many.rego', '-e', 'many/count_of', '-o', 'many.tar.gz')
    expect(built.code, built.err).toBe(0)
    const { out } = await writ(['policy', 'eval', 'many.tar.gz', '--inputs', '-'], {
      cwd: folder,
      input: '"10.0.0.0/20"\n"10.0.0.0/8"\n"::/0"\n"10.0.0.0/30"',
    })
    const halted = expect.stringMatching(
      /^{"error": {"code": "builtin_halted", "message": "net\.cidr_expand: it would make more than/,
    )
    expect(out.split('\n')).toEqual(['{"result": 4096}', halted, halted, '{"result": 4}', ''])
  })

  test('that ask the world outside are refused when it is built, with why', async () => {
    write(folder, {
      'send.rego': 'package send\n\nr := http.send({"method": "get", "url": input})\n',
    })
    const { code, err } = await run('build', 'send.rego', '-e', 'send/r', '-o', 'send.tar.gz')
    expect(code).toBe(2)
    expect(err).toMatch(/http\.send \(what another server says/)
  })
})

test('without an input, what needs none is evaluated once', async () => {
  const asked = await evaluate('', '--entrypoint', 'app/allow')
  expect([asked.code, asked.out]).toEqual([0, '{"undefined": true}\n'])
})

test('more data comes beside the bundle’s own', async () => {
  write(folder, { 'more.json': '{"limits": {"m": 1}}', 'again.json': '{"limits": {"n": 1}}' })
  const asked = ['--entrypoint', 'app/allow', '--input', '-'] as const
  const beside = await evaluate('{"n": 4}', ...asked, '--data', 'more.json')
  expect(beside.out).toBe('{"result": true}\n')
  const twice = await evaluate('{"n": 4}', ...asked, '--data', 'again.json')
  expect([twice.code, twice.err]).toEqual([
    2,
    'writ: again.json: the bundle has a value at data.limits.n already\n',
  ])
})

describe('what cannot be evaluated is told with the way out', () => {
  const mistakes: readonly [string, readonly string[], RegExp][] = [
    ['no entrypoint, of several', ['bundle.tar.gz', '--inputs', '-'], /Say by --entrypoint what to ask: the bundle has app\/allow, /],
    ['one that is misspelt', ['bundle.tar.gz', '--entrypoint', 'app/alow', '--input', '-'], /no entrypoint app\/alow: did you mean app\/allow\?/],
    ['both kinds of input', ['bundle.tar.gz', '--input', 'a', '--inputs', 'b'], /give one of them/],
    ['a file of inputs that is not there', ['bundle.tar.gz', '--entrypoint', 'app/allow', '--inputs', 'gone'], /gone: /],
    ['a bundle that is not there', ['gone.tar.gz', '--input', '-'], /gone\.tar\.gz: /],
    ['a file that is no bundle', ['rego/app.rego', '--input', '-'], /rego\/app\.rego is no bundle: the bundle cannot be unpacked/],
  ] // prettier-ignore
  test.each(mistakes)('%s', async (_, args, message) => {
    const { code, err } = await run('eval', ...args)
    expect([code, err]).toEqual([2, expect.stringMatching(message)])
  })

  test('a bundle of Rego only', async () => {
    const args = ['opa', 'build', '-e', 'app/allow', '-o', 'plain.tar.gz', 'rego']
    expect((await writ(args, { cwd: folder })).code).toBe(0)
    const { code, err } = await run('eval', 'plain.tar.gz', '--input', '-')
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/holds no policy\.wasm: build it by `writ policy build PATH -e/),
    ])
  })
})

test('a bundle of stock opa is evaluated too', async () => {
  const args = ['opa', 'build', '-t', 'wasm', '-e', 'app/allow', '-o', 'stock.tar.gz', 'rego']
  expect((await writ(args, { cwd: folder })).code).toBe(0)
  const { out } = await writ(['policy', 'eval', 'stock.tar.gz', '--input', '-'], {
    cwd: folder,
    input: '{"n": 4}',
  })
  expect(out).toBe('{"result": true}\n')
})

test('the build asks for what it needs, and names what is near a misspelt entrypoint', async () => {
  const refusals = [
    [['rego', '-o', 'x.tar.gz'], /-e ENTRYPOINT must say which rule/],
    [['rego', '-e', 'app/allow'], /-o FILE must say where/],
    [
      ['rego', '-e', 'app/alow', '-o', 'x.tar.gz'],
      /at the entrypoint app\/alow: did you mean app\/allow\?/,
    ],
    [['rego', '-e', 'app/allow', '-o', 'none/x.tar.gz'], /^writ: none\/x\.tar\.gz: /m],
  ] as const
  for (const [args, message] of refusals) {
    const { code, err } = await run('build', ...args)
    expect([code, err]).toEqual([2, expect.stringMatching(message)])
  }
})
