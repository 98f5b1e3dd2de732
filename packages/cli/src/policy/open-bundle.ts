import { loadRego } from '@writ/compiler'
import { Fault } from '@writ/domain'
import { createInstance, RegoError, type RegoInstance, type RegoModule } from '@writ/rego'
import type { Desk } from '../desk.ts'
import { surroundingsOf } from '../policies.ts'
import { mergedData } from './merged-data.ts'
import { readArchive, readNamed } from './read-archive.ts'

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
  const files = readArchive(path, desk)
  const bytes = files.get('policy.wasm')
  if (bytes === undefined)
    throw new Fault(
      'bundle-invalid',
      `${path} holds no policy.wasm: build it by \`writ policy build PATH -e ENTRYPOINT -o FILE\`, or by \`opa build -t wasm -e ENTRYPOINT\``,
    )
  const own = files.get('data.json') ?? Buffer.from('{}')
  const all = data === undefined ? own : mergedData(own, readNamed(data, desk), data)
  const module = await loadRego(bytes, `${path} cannot be evaluated`, surroundingsOf(desk))
  return { instance: instanceOf(path, module, all), entrypoints: module.entrypoints }
}

function instanceOf(path: string, module: RegoModule, data: Uint8Array): RegoInstance {
  try {
    return createInstance(module, { data, maxPages })
  } catch (cause) {
    if (cause instanceof RegoError)
      throw new Fault('bundle-invalid', `${path} cannot be evaluated: ${cause.message}`, { cause })
    throw cause
  }
}
