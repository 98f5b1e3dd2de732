import { Fault } from '@writ/domain'
import { createInstance, loadModule, meter, RegoError, type RegoInstance } from '@writ/rego'
import type { Desk } from '../desk.ts'
import { mergedData } from './merged-data.ts'
import { readArchive, readNamed } from './read-archive.ts'

export type OpenBundle = {
  readonly instance: RegoInstance
  readonly entrypoints: readonly string[]
}

/** One gibibyte: what a policy may use of memory. */
const maxPages = 16_384

/** A bundle ready to be asked, with more data beside its own. */
export function openBundle(path: string, data: string | undefined, desk: Desk): OpenBundle {
  const files = readArchive(path, desk)
  const module = files.get('policy.wasm')
  if (module === undefined)
    throw new Fault('bundle-invalid', `${path} holds no policy.wasm: build it by \`writ policy build PATH -e ENTRYPOINT -o FILE\`, or by \`opa build -t wasm -e ENTRYPOINT\``) // prettier-ignore
  const own = files.get('data.json') ?? Buffer.from('{}')
  const all = data === undefined ? own : mergedData(own, readNamed(data, desk), data)
  return inWords(path, module, (bytes) => {
    const loaded = loadModule(meter(bytes))
    return {
      instance: createInstance(loaded, { data: all, maxPages }),
      entrypoints: loaded.entrypoints,
    }
  })
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
