import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { cacheFolder, ensureGoBuiltins } from '@writ/compiler'
import { loadGoBuiltins, type GoBuiltins } from '@writ/rego'
import { beforeAll, expect, test } from 'vitest'

let go: GoBuiltins
beforeAll(async () => {
  const { env } = process
  const around = { env, cacheDir: cacheFolder(env, homedir()), onProgress: console.log }
  go = loadGoBuiltins(readFileSync(await ensureGoBuiltins(around)))
})

const now = 1_772_357_400_000_000_000n

/** As `opa eval` gives them, version 1.22.2. */
const calls: readonly (readonly [string, string, unknown])[] = [
  ['sprintf', '["%s has %d of %v", ["a", 3, {2, 1}]]', '"a has 3 of {1, 2}"'],
  ['sprintf', '["%.1f", [.5]]', '"0.5"'],
  ['time.now_ns', '[]', '1772357400000000000'],
  ['semver.compare', '["1.2.3", "1.2.4"]', '-1'],
  ['units.parse_bytes', '["10Mi"]', '10485760'],
  ['yaml.unmarshal', '["a: 1\\nb: [x, true]\\n"]', '{"a":1,"b":["x",true]}'],
  ['net.cidr_expand', '["10.0.0.0/30"]', '{"10.0.0.0","10.0.0.1","10.0.0.2","10.0.0.3"}'],
  ['object.subset', '[{"a": {1, 2}}, {"a": {1}}]', 'true'],
  ['json.patch', '[{"a": 1}, [{"op": "remove", "path": "a"}]]', '{}'],
  ['regex.replace', '["aab", "a+", "<$0>"]', '"<aa>b"'],
  ['format_int', '[123456789012345678901234567890, 16]', '"18ee90ff6c373e0ee4e3f0ad2"'],
  ['json.marshal', '[{"b", "a"}]', '"[\\"a\\",\\"b\\"]"'],
  ['strings.count', '["a\\u0000\\"\\\\é😀a", "a"]', '2'],
  ['strings.split_n', '["a\\u0001b\\u007fc", "x", 2]', '["a\\u0001b\\u007fc"]'],
]

test.each(calls)('%s%s', (name, operands, text) => {
  go.begin(now, 1n)
  expect(go.call(name, operands)).toEqual({ status: 'defined', text })
})

const others: readonly (readonly [string, string, object])[] = [
  ['semver.compare', '["1.2.3", "1.2"]', { status: 'failed', message: 'operand 2: string "1.2" is not a valid SemVer' }],
  ['json.match_schema', '[{}, {"$ref": "http://example.com/x"}]', { status: 'failed', message: expect.stringContaining('disabled') }],
  ['http.send', '[{}]', { status: 'halted', message: 'there is no such builtin' }],
  ['nothing.like_it', '[]', { status: 'halted', message: 'there is no such builtin' }],
  ['sprintf', '["x"', { status: 'halted', message: expect.stringContaining('no Rego value') }],
] // prettier-ignore

test.each(others)('%s%s gives no value, and says why', (name, operands, answer) => {
  go.begin(now, 1n)
  expect(go.call(name, operands)).toEqual(answer)
})

test('what is drawn follows from the seed, and is kept within one evaluation only', () => {
  const drawn = (seed: bigint) => {
    go.begin(now, seed)
    const twice = [go.call('uuid.rfc4122', '["a"]'), go.call('uuid.rfc4122', '["a"]')]
    expect(twice[0]).toEqual(twice[1])
    return [twice[0], go.call('rand.intn', '["x", 1000000]')]
  }
  expect(drawn(1n)).toEqual(drawn(1n))
  expect(drawn(1n)).not.toEqual(drawn(2n))
})

test('what asks the world outside is not among them', () => {
  for (const name of ['http.send', 'net.lookup_ip_addr', 'opa.runtime'])
    expect(go.names.has(name)).toBe(false)
  expect(go.names.has('sprintf')).toBe(true)
})
