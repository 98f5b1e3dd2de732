import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildRego,
  contentDigest,
  issueLines,
  keyIdOf,
  newKey,
  opaCommand,
  packArchive,
  privateKeyOf,
  publicKeyOf,
  signBundle,
  verifyBundle,
  type Verifying,
} from '@writ/compiler'
import { Fault } from '@writ/domain'
import { readBundle } from '@writ/rego'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStand, type Stand } from './stand.ts'

/** `npm test` builds the native twin and names it, or says at its end that these could not be run. */
const native = process.env['WRIT_NATIVE_OPA'] ?? ''
const hasNative = native !== ''

const [ours, theirs] = [newKey(), newKey()]
const [secret, key] = [privateKeyOf(ours.privateKey), publicKeyOf(ours.publicKey)]
const [earlier, now] = [new Date('2026-03-01T00:00:00Z'), new Date('2026-03-01T00:00:01Z')]

type Files = ReadonlyMap<string, Uint8Array>

let stand: Stand
let folder = ''
let unsigned: Files
let signed: Files
beforeAll(async () => {
  stand = await openStand()
  folder = mkdtempSync(join(stand.policies, '..', 'trust-'))
  unsigned = await built('allow if input.n > data.limits.n')
  signed = signBundle(unsigned, { key: secret, now })
})
afterAll(() => stand?.close())

const limits =
  '{"limits": {"n": 3, "\u{1f600}": 1, "\uffee": [1.50, 12345678901234567890, "<a>\\u2028\\ud800\\u0001"]}}'

async function built(rule: string): Promise<Files> {
  const [rego, data] = [join(folder, 'a.rego'), join(folder, 'limits.json')]
  writeFileSync(rego, `package app\n\n${rule}\n`)
  writeFileSync(data, limits)
  const paths = [rego, data].map((file) => ({ named: file, file }))
  const wanted = { paths, entrypoints: ['app/allow'], regoVersion: 1, gates: false } as const
  return readBundle((await buildRego({ ...stand.surroundings, ...wanted })).bundle)
}

/** The same files with some changed; null takes one out. */
function but(files: Files, changes: { readonly [name: string]: string | null }): Files {
  const changed = new Map(files)
  for (const [name, text] of Object.entries(changes)) {
    if (text === null) changed.delete(name)
    else changed.set(name, Buffer.from(text))
  }
  return changed
}

async function refusal(work: () => unknown): Promise<readonly string[]> {
  try {
    await work()
  } catch (thrown) {
    if (thrown instanceof Fault) return [thrown.message, ...issueLines(thrown)]
    throw thrown
  }
  return []
}

const verify = (files: Files, asked: Pick<Verifying, 'key' | 'active'>) =>
  verifyBundle(files, { ...asked, ...stand.surroundings })

const token = (files: Files): string =>
  JSON.parse(Buffer.from(files.get('.signatures.json') ?? []).toString()).signatures[0]

test('a bundle that was signed with the key is verified, and says what and when', async () => {
  expect(await verify(signed, { key, active: signed })).toEqual({
    digest: contentDigest(unsigned),
    entrypoints: ['app/allow'],
    signature: { keyId: keyIdOf(secret), signedAt: now },
  })
})

test('without a key the signature is not looked at, and all else is', async () => {
  expect((await verify(unsigned, { key: null, active: null })).signature).toBeNull()
})

describe('what is not to be trusted is refused, each with its own words', () => {
  const rows: readonly [string, () => Files, readonly (string | RegExp)[]][] = [
    ['not signed', () => unsigned, [/^The bundle is not signed: `writ policy sign`/]],
    ['another key', () => signBundle(unsigned, { key: privateKeyOf(theirs.privateKey), now }), [/^The bundle is signed with another key: \w{16}, and this is \w{16}$/]],
    ['another signature under our key’s name', () => but(signed, { '.signatures.json': JSON.stringify({ signatures: [`${token(signed).slice(0, -8)}AAAAAAAA`] }) }), [/^The signature does not hold for the key/]],
    ['no algorithm', () => but(signed, { '.signatures.json': JSON.stringify({ signatures: [`e30.${token(signed).split('.')[1]}.`] }) }), [/is signed by no algorithm: only EdDSA/]],
    ['two signatures', () => but(signed, { '.signatures.json': JSON.stringify({ signatures: [token(signed), token(signed)] }) }), [/does not hold one signature/]],
    ['a changed byte of Rego', () => but(signed, { '1/a.rego': 'package app\n\nallow if input.n > data.limits.m\n' }), ['The bundle is not the one that was signed', '1/a.rego: was changed after it was signed']],
    ['a changed value of data', () => but(signed, { 'data.json': limits.replace('3', '4') }), ['The bundle is not the one that was signed', 'data.json: was changed after it was signed']],
    ['data that is JSON no more', () => but(signed, { 'data.json': '{' }), ['The bundle is not the one that was signed', 'data.json: was changed after it was signed']],
    ['a missing file', () => but(signed, { '1/a.rego': null }), ['The bundle is not the one that was signed', '1/a.rego: is missing: it was signed']],
    ['an extra file', () => but(signed, { 'b.rego': 'package b' }), ['The bundle is not the one that was signed', 'b.rego: was added: it is not signed']],
    ['the same values in other bytes', () => but(signed, { 'data.json': ` ${limits}` }), [/its values are the same, and its bytes are not/]],
    ['older than the active one', () => signBundle(unsigned, { key: secret, now: earlier }), ['The bundle is older than the active one: signed at 2026-03-01T00:00:00.000Z, the active one at 2026-03-01T00:00:01.000Z']],
    ['no module', () => signBundle(but(unsigned, { 'policy.wasm': null }), { key: secret, now }), [/holds no policy\.wasm/]],
    ['a module that is none', () => signBundle(but(unsigned, { 'policy.wasm': 'no' }), { key: secret, now }), [/^Its module cannot be run: /]],
    ['an entrypoint that the module lacks', () => signBundle(but(unsigned, { '.manifest': '{"metadata": {"entrypoints": ["app/deny"]}}' }), { key: secret, now }), ['The manifest names app/deny, which the module does not have: it has app/allow']],
    ['a manifest that is not JSON', () => but(unsigned, { '.manifest': '{' }), ['The bundle’s .manifest is not JSON']],
  ] // prettier-ignore
  test.each(rows)('%s', async (title, files, expected) => {
    const asked = title.startsWith('a manifest')
      ? { key: null, active: null }
      : { key, active: signed }
    const told = await refusal(() => verify(files(), asked))
    expect(told).toHaveLength(expected.length)
    for (const [at, words] of expected.entries()) expect(told[at]).toMatch(words)
  })

  test('a builtin that this host does not have', async () => {
    const rego =
      'package app\n\nallow if http.send({"url": input.url, "method": "get"}).status_code == 200\n'
    writeFileSync(join(folder, 'send.rego'), rego)
    const args = ['build', '-t', 'wasm', '-e', 'app/allow', '-o', 'send.tar.gz', 'send.rego']
    expect(await opaCommand(args, { ...stand.surroundings, cwd: folder })).toBe(0)
    const files = readBundle(readFileSync(join(folder, 'send.tar.gz')))
    const told = await refusal(() => verify(files, { key: null, active: null }))
    expect(told).toEqual([
      expect.stringMatching(/^Its module cannot be run: the module needs http\.send/),
    ])
  })

  test('data in YAML is refused when it is signed', async () => {
    const files = but(unsigned, { 'more/data.yaml': 'a: 1' })
    expect(await refusal(() => signBundle(files, { key: secret, now }))).toEqual([
      expect.stringMatching(/^more\/data\.yaml is not JSON/),
    ])
  })
})

describe('keys', () => {
  test('that are no Ed25519 keys are refused', async () => {
    expect(await refusal(() => publicKeyOf('no'))).toEqual(['not a public key in PEM'])
    expect(await refusal(() => privateKeyOf(ours.publicKey))).toEqual(['not a private key in PEM'])
  })
})

describe.runIf(hasNative)('a stock opa', () => {
  const files = (): { readonly pem: string; readonly bundle: string } => {
    const [pem, bundle] = [join(folder, 'key.pub'), join(folder, 'signed.tar.gz')]
    writeFileSync(pem, ours.publicKey)
    return { pem, bundle }
  }
  const run = (args: readonly string[]): readonly [number | null, string] => {
    const { status, stdout, stderr } = spawnSync(native, args, { encoding: 'utf8' })
    return [status, `${stdout}${stderr}`]
  }

  test('verifies our signature, every value of the data included', () => {
    const { pem, bundle } = files()
    const flags = ['--verification-key', pem, '--signing-alg', 'EdDSA', '-o', join(folder, 'out.tar.gz')] // prettier-ignore
    writeFileSync(bundle, packArchive(signed))
    expect(run(['build', '-b', bundle, ...flags])).toEqual([0, ''])
    writeFileSync(bundle, packArchive(but(signed, { 'data.json': limits.replace('3', '2') })))
    expect(run(['build', '-b', bundle, ...flags])).toEqual([
      1,
      expect.stringMatching(/data\.json: digest mismatch/),
    ])
  })

  test('signs what we verify', async () => {
    const { bundle } = files()
    writeFileSync(join(folder, 'key'), ours.privateKey)
    const inside = mkdtempSync(join(folder, 'inside-'))
    writeFileSync(join(inside, 'a.rego'), 'package app\n\nallow if input.n > 3\n')
    const flags = ['--signing-key', join(folder, 'key'), '--signing-alg', 'EdDSA']
    const args = ['build', '-t', 'wasm', '-e', 'app/allow', '-b', '-o', bundle, ...flags, inside]
    expect(run(args)).toEqual([0, ''])
    const { entrypoints } = await verify(readBundle(readFileSync(bundle)), { key, active: null })
    expect(entrypoints).toEqual(['app/allow'])
  })
})
