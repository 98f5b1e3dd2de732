import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { entrypointOf } from '@writ/compiler'
import { Fault } from '@writ/domain'
import type { Evaluated, RegoInstance } from '@writ/rego'
import { reasonOf } from '../check/walk.ts'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { linesOf, wholeOf } from './lines.ts'
import { nearTo } from './near.ts'
import { openBundle } from './open-bundle.ts'

export type EvalOptions = {
  readonly entrypoint?: string
  readonly input?: string
  readonly inputs?: string
  readonly data?: string
  readonly strictBuiltinErrors?: true
}

/** Far beyond any policy that ends: the most fuel that there is. */
const fuel = 0x7f_ff_ff_ff

/** Evaluates a bundle as `opa eval` would: one line of JSON for each input, as it comes. */
export async function evalPolicy(
  bundle: string,
  options: EvalOptions,
  desk: Desk,
): Promise<number> {
  if (options.input !== undefined && options.inputs !== undefined)
    throw new Fault(
      'request-invalid',
      '--input takes one input, --inputs one on each line: give one of them',
    )
  const { instance, entrypoints } = await openBundle(bundle, options.data, desk)
  const asked = {
    instance,
    desk,
    entrypoint: chosen(options.entrypoint, entrypoints),
    isStrict: options.strictBuiltinErrors === true,
  }
  let hasErrors = false
  for await (const input of inputsOf(options, desk)) {
    const line = lineOf(evaluate(asked, input))
    hasErrors ||= line.isError
    desk.out(`${line.text}\n`)
    await desk.flushed()
  }
  return hasErrors ? exitCodes.denied : exitCodes.allowed
}

/** The inputs one by one; where none is named, there is one evaluation without any. */
async function* inputsOf(
  { input, inputs }: EvalOptions,
  desk: Desk,
): AsyncGenerator<Uint8Array | null> {
  const path = input ?? inputs
  if (path === undefined) return yield null
  try {
    const chunks = path === '-' ? desk.inputChunks() : createReadStream(resolve(desk.cwd, path))
    if (inputs === undefined) yield await wholeOf(chunks)
    else yield* linesOf(chunks)
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
}

function chosen(written: string | undefined, entrypoints: readonly string[]): string {
  const [only = ''] = entrypoints
  if (written === undefined && entrypoints.length === 1) return only
  if (written === undefined)
    throw new Fault(
      'request-invalid',
      `Say by --entrypoint what to ask: the bundle has ${entrypoints.join(', ')}`,
    )
  const wanted = entrypointOf(written)
  if (entrypoints.includes(wanted)) return wanted
  const near = nearTo(wanted, entrypoints)
  const way =
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : `it has ${entrypoints.join(', ')}`
  throw new Fault('request-invalid', `The bundle has no entrypoint ${wanted}: ${way}`)
}

type Asked = {
  readonly instance: RegoInstance
  readonly desk: Desk
  readonly entrypoint: string
  readonly isStrict: boolean
}

function evaluate(
  { instance, desk, entrypoint, isStrict }: Asked,
  input: Uint8Array | null,
): Evaluated {
  const now = BigInt(desk.now().getTime()) * 1_000_000n
  return instance.evaluate({ input, entrypoint, fuel, now, seed: now, strict: isStrict })
}

type Line = { readonly text: string; readonly isError: boolean }

function lineOf(evaluated: Evaluated): Line {
  if (evaluated.status === 'failed') return errorLine(evaluated.reason, evaluated.message)
  const text =
    evaluated.status === 'defined' ? `{"result": ${evaluated.text}}` : '{"undefined": true}'
  return { text, isError: false }
}

function errorLine(code: string, message: string): Line {
  const [what, why] = [JSON.stringify(code), JSON.stringify(message)]
  return { text: `{"error": {"code": ${what}, "message": ${why}}}`, isError: true }
}
