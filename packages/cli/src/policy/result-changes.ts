import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { maxFuel, type RegoInstance } from '@writ/rego'
import { reasonOf } from '../check/walk.ts'
import type { Desk } from '../desk.ts'
import { linesOf } from './lines.ts'
import { openBundle } from './open-bundle.ts'

/** An input to which one bundle answers otherwise than the other. */
export type ResultChange = {
  /** Which of the inputs, from 1; lines of nothing but space do not count. */
  readonly input: number
  readonly entrypoint: string
  readonly before: string
  readonly after: string
}

/** Every input of an NDJSON file, asked of both bundles at each entrypoint that both have. */
export async function resultChanges(
  before: string,
  after: string,
  { inputs, desk }: { readonly inputs: string; readonly desk: Desk },
): Promise<readonly ResultChange[]> {
  const [left, right] = [
    await openBundle(before, undefined, desk),
    await openBundle(after, undefined, desk),
  ]
  const entrypoints = left.entrypoints.filter((name) => right.entrypoints.includes(name))
  const changes: ResultChange[] = []
  let input = 0
  for await (const line of readLines(inputs, desk)) {
    input += 1
    for (const entrypoint of entrypoints) {
      const was = saidBy(left.instance, entrypoint, line)
      const is = saidBy(right.instance, entrypoint, line)
      if (was !== is) changes.push({ input, entrypoint, before: was, after: is })
    }
  }
  return changes
}

async function* readLines(path: string, { cwd }: Desk): AsyncGenerator<Uint8Array> {
  try {
    yield* linesOf(createReadStream(resolve(cwd, path)))
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
}

function saidBy(instance: RegoInstance, entrypoint: string, input: Uint8Array): string {
  const evaluated = instance.evaluate({ input, entrypoint, fuel: maxFuel, now: 0n })
  if (evaluated.status === 'failed') return `no value (${evaluated.message})`
  return evaluated.status === 'undefined' ? 'undefined' : evaluated.text
}
