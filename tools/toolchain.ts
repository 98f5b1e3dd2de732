import { homedir } from 'node:os'
import { join } from 'node:path'
import {
  cacheFolder,
  ensureBuilt,
  ensureOpa,
  goVersion,
  opaSource,
  opaVersion,
  sourcesDigest,
  type Surroundings,
} from '@writ/compiler'
import { faultOf } from '@writ/domain'
import { chromiumOrMissing } from './chromium.ts'
import { dynamodbLocalOrMissing } from './dynamodb-local.ts'
import type { StepResult } from './steps.ts'

/** What the compiler needs from this machine, in the scripts of this folder. */
export function surroundings(): Surroundings {
  const env = process.env
  return { env, cacheDir: cacheFolder(env, homedir()), onProgress: (line) => console.log(line) }
}

/** OPA as a program of this machine, from the same sources as the one that Writ runs: the judge of tests. */
export async function ensureNativeOpa(): Promise<string> {
  return ensureTool({
    name: 'opa-native',
    what: `opa ${opaVersion} for this machine, for tests only`,
    source: opaSource,
    target: '.',
    takes: '2 minutes on two cores',
  })
}

/** Tessera's own `fsck`, which checks a log in the layout of C2SP tlog-tiles: a judge of tests. */
async function ensureTesseraFsck(): Promise<string> {
  return ensureTool({
    name: 'tessera-fsck',
    what: 'Tessera fsck, for tests only',
    source: join(import.meta.dirname, 'tessera'),
    target: 'github.com/transparency-dev/tessera/cmd/fsck',
    takes: 'half a minute on two cores',
  })
}

/** Go's own transparency log, golang.org/x/mod/sumdb, as a judge of tests. */
async function ensureTlogJudge(): Promise<string> {
  return ensureTool({
    name: 'tlog-judge',
    what: 'the judge of logs by Go’s sumdb, for tests only',
    source: join(import.meta.dirname, 'tessera'),
    target: '.',
    takes: 'half a minute on two cores',
  })
}

/** The witness of transparency-dev, to cosign in tests what Writ seals. */
async function ensureWitness(): Promise<string> {
  return ensureTool({
    name: 'tlog-witness',
    what: 'a witness of logs, for tests only',
    source: join(import.meta.dirname, 'witness'),
    target: '.',
    takes: 'half a minute on two cores',
  })
}

/** OPA's Go engine behind a loop that counts its CPU (`tools/opa-bench`): a peer of benches. */
export async function ensureOpaPeer(): Promise<string> {
  return ensureTool({
    name: 'opa-bench',
    what: 'OPA’s engine as a peer, for benches only',
    source: join(import.meta.dirname, 'opa-bench'),
    target: '.',
    takes: 'a minute on two cores',
  })
}

type Tool = {
  readonly name: string
  readonly what: string
  readonly source: string
  readonly target: string
  readonly takes: string
}

async function ensureTool(tool: Tool): Promise<string> {
  const around = surroundings()
  const digest = await sourcesDigest(tool.source)
  const platform = `${process.platform}-${process.arch}`
  return ensureBuilt(
    {
      ...tool,
      settings: { CGO_ENABLED: '0' },
      folder: join(around.cacheDir, tool.name, `${digest.slice(0, 16)}-${platform}`),
      file: tool.name,
      go: await goVersion(around.env),
    },
    around,
  )
}

/** A tool's path, or the step that says why it is not here and how to get it. */
export async function toolOrMissing(
  name: string,
  ensure: () => Promise<string>,
): Promise<{ readonly path: string } | { readonly step: StepResult }> {
  try {
    return { path: await ensure() }
  } catch (thrown) {
    const { message } = faultOf(thrown)
    return { step: { name, ok: false, detail: message, missing: message } }
  }
}

type Parts = {
  readonly env: Readonly<Record<string, string>>
  readonly results: readonly StepResult[]
}

/** What some tests need beside Node: made ready here once, told to the tests by the environment. */
export async function testParts(): Promise<Parts> {
  const parts = [await compilingPart(), await logPart(), browserPart(), dynamodbPart()]
  return {
    env: Object.assign({}, ...parts.map(({ env }) => env)),
    results: parts.flatMap(({ results }) => results),
  }
}

async function compilingPart(): Promise<Parts> {
  const compiling = await toolOrMissing('tests that compile policies', () =>
    ensureOpa(surroundings()),
  )
  if ('step' in compiling)
    return { env: { WRIT_TEST_WITHOUT_OPA: 'yes' }, results: [compiling.step] }
  const name = 'tests against OPA itself'
  const opa = await toolOrMissing(name, ensureNativeOpa)
  if ('step' in opa) return { env: {}, results: [opa.step] }
  return { env: { WRIT_NATIVE_OPA: opa.path }, results: [{ name, ok: true, detail: opa.path }] }
}

async function logPart(): Promise<Parts> {
  const name = 'tests of the log against Go’s sumdb, Tessera and a witness'
  const fsck = await toolOrMissing(name, ensureTesseraFsck)
  if ('step' in fsck) return { env: {}, results: [fsck.step] }
  const judge = await toolOrMissing(name, ensureTlogJudge)
  if ('step' in judge) return { env: {}, results: [judge.step] }
  const witness = await toolOrMissing(name, ensureWitness)
  if ('step' in witness) return { env: {}, results: [witness.step] }
  return {
    env: {
      WRIT_TESSERA_FSCK: fsck.path,
      WRIT_TLOG_JUDGE: judge.path,
      WRIT_TLOG_WITNESS: witness.path,
    },
    results: [{ name, ok: true, detail: fsck.path }],
  }
}

function browserPart(): Parts {
  const chromium = chromiumOrMissing()
  if ('step' in chromium) return { env: {}, results: [chromium.step] }
  return { env: { WRIT_CHROMIUM: chromium.path }, results: [] }
}

function dynamodbPart(): Parts {
  const local = dynamodbLocalOrMissing(surroundings().cacheDir)
  if ('step' in local) return { env: {}, results: [local.step] }
  return { env: { WRIT_DYNAMODB_LOCAL: local.path }, results: [] }
}
