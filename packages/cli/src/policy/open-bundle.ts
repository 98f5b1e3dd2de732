import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Fault } from '@writ/domain'
import {
  createInstance,
  loadModule,
  meter,
  readBundle,
  RegoError,
  type RegoInstance,
} from '@writ/rego'
import { reasonOf } from '../check/walk.ts'
import type { Desk } from '../desk.ts'
import { mergedData } from './merged-data.ts'

export type OpenBundle = {
  readonly instance: RegoInstance
  readonly entrypoints: readonly string[]
}

/** One gibibyte: what a policy may use of memory. */
const maxPages = 16_384

/** A bundle ready to be asked, with more data beside its own. */
export async function openBundle(
  path: string,
  data: string | undefined,
  desk: Desk,
): Promise<OpenBundle> {
  const files = inWords(path, await bytesOf(path, desk), readBundle)
  const module = files.get('policy.wasm')
  if (module === undefined)
    throw new Fault('bundle-invalid', `${path} holds no policy.wasm: build it by \`writ policy build PATH -e ENTRYPOINT -o FILE\`, or by \`opa build -t wasm -e ENTRYPOINT\``) // prettier-ignore
  const own = files.get('data.json') ?? Buffer.from('{}')
  const all = data === undefined ? own : mergedData(own, await bytesOf(data, desk), data)
  return inWords(path, module, (bytes) => {
    const loaded = loadModule(meter(bytes))
    return {
      instance: createInstance(loaded, { data: all, maxPages }),
      entrypoints: loaded.entrypoints,
    }
  })
}

async function bytesOf(path: string, { cwd }: Desk): Promise<Uint8Array> {
  try {
    return await readFile(resolve(cwd, path))
  } catch (cause) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
}

function inWords<T>(path: string, bytes: Uint8Array, use: (bytes: Uint8Array) => T): T {
  try {
    return use(bytes)
  } catch (cause) {
    if (cause instanceof RegoError)
      throw new Fault('bundle-invalid', `${path} cannot be evaluated: ${cause.message}`, { cause })
    throw cause
  }
}
