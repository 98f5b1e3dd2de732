import { Fault, type Issue } from '@writ/domain'
import { createInstance, maxFuel, type RegoInstance, type RegoModule } from '@writ/rego'
import type { Stage } from '../compile.ts'
import { exactText, isExactObject, readExactJson, type ExactJson } from '../exact-json.ts'
import { mistakesOf } from '../opa-errors.ts'
import { runOpa } from '../opa/run-opa.ts'

/** One input, and what is promised of it: a text of JSON, `undefined`, or nothing (null). */
type Vector = {
  readonly line: number
  readonly entrypoints: readonly string[]
  readonly input: string
  readonly promised: string | null
}

export type VectorFile = { readonly named: string; readonly bytes: Uint8Array }

export type Proving = {
  readonly vectors: VectorFile
  readonly module: RegoModule
  readonly data: Uint8Array
  /** What `opa` is to load, and how. */
  readonly roots: readonly string[]
  readonly flags: readonly string[]
}

const maxPages = 16_384

/**
 * Asks each golden vector of the module and of OPA’s own interpreter over the sources in the stage, and names those of
 * which the two say different things, or another than is promised.
 */
export async function vectorIssues(
  { vectors, module, data, roots, flags }: Proving,
  { opa, folder }: Stage,
): Promise<readonly Issue[]> {
  const read = readVectors(vectors, module.entrypoints)
  const stdin = Buffer.from(
    `{"vectors": [${read.map(({ input }) => `{"input": ${input}}`).join(',')}]}`,
  )
  const sources = roots.flatMap((root) => ['--data', root])
  const args = ['eval', '--format', 'json', ...flags, ...sources, '--stdin-input']
  const query = `{${module.entrypoints.map(queryOf).join(',')}}`
  const result = await runOpa([...args, query], { opa, folders: { '/': folder }, cwd: '/', stdin })
  if (result.code !== 0) return mistakesOf(result, 'opa eval')
  const meant = interpretedIn(result.stdout)
  const instance = createInstance(module, { data, maxPages })
  return read.flatMap((vector, at) =>
    vector.entrypoints.flatMap((entrypoint) => {
      const said = saidBy(instance, entrypoint, vector.input)
      return complaintsOf({ said, meant: meant(entrypoint, at), promised: vector.promised }).map(
        (message) => ({
          pointer: `${vectors.named}:${vector.line}`,
          message: `${entrypoint} ${message}`,
        }),
      )
    }),
  )
}

/** What OPA says of one entrypoint, vector by vector: an array that is empty where it is undefined. */
function queryOf(entrypoint: string): string {
  const path = entrypoint.split('/').map((step) => `[${JSON.stringify(step)}]`)
  return `${JSON.stringify(entrypoint)}: [{"said": said} | some vector in input.vectors; asked := vector.input; said := [value | value := data${path.join('')} with input as asked]]`
}

/** Reads what `opa eval` printed, to the digit. */
function interpretedIn(stdout: string): (entrypoint: string, at: number) => string {
  const steps = ['result', 0, 'expressions', 0, 'value'] as const
  const values = steps.reduce(within, readExactJson(Buffer.from(stdout)))
  return (entrypoint, at) => {
    const said = [entrypoint, at, 'said', 0].reduce(within, values)
    return said === undefined ? 'undefined' : exactText(said)
  }
}

function within(value: ExactJson, step: string | number): ExactJson {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined
  return isExactObject(value) ? value[step] : undefined
}

type Answers = { readonly said: string; readonly meant: string; readonly promised: string | null }

function complaintsOf({ said, meant, promised }: Answers): readonly string[] {
  if (said !== meant) return [`is ${said} in WebAssembly, and ${meant} in OPA`]
  return promised === null || said === promised ? [] : [`is ${said}, and not ${promised}`]
}

function saidBy(instance: RegoInstance, entrypoint: string, input: string): string {
  const evaluated = instance.evaluate({
    input: Buffer.from(input),
    entrypoint,
    fuel: maxFuel,
    now: 0n,
  })
  if (evaluated.status === 'failed') return `no value (${evaluated.message})`
  if (evaluated.status === 'undefined') return 'undefined'
  return exactText(readExactJson(Buffer.from(evaluated.text)))
}

/** NDJSON: `{"input": …}` on each line, with `entrypoint` where not all are asked, and `result` or `undefined` where it is promised. */
function readVectors(
  { named, bytes }: VectorFile,
  entrypoints: readonly string[],
): readonly Vector[] {
  const lines = Buffer.from(bytes).toString().split('\n')
  return lines.flatMap((text, at) => {
    if (text.trim() === '') return []
    const value = readExactJson(Buffer.from(text))
    const place = `${named}:${at + 1}`
    if (!isExactObject(value) || value['input'] === undefined)
      throw new Fault(
        'bundle-invalid',
        `${place}: a golden vector is an object with an input, on one line`,
      )
    const own = value['entrypoint']
    if (own !== undefined && (typeof own !== 'string' || !entrypoints.includes(own)))
      throw new Fault(
        'bundle-invalid',
        `${place}: ${JSON.stringify(own)} is no entrypoint of the build: there are ${entrypoints.join(', ')}`,
      )
    const asked = typeof own === 'string' ? [own] : entrypoints
    const input = JSON.stringify(value['input'])
    return [{ line: at + 1, entrypoints: asked, input, promised: promisedIn(value) }]
  })
}

function promisedIn(value: { readonly [name: string]: ExactJson }): string | null {
  if (value['undefined'] === true) return 'undefined'
  if (value['result'] === undefined) return null
  return exactText(value['result'])
}
