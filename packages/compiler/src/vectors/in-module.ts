import { manifestSchema } from '@writ/contract'
import { Fault, type Json, type JsonObject } from '@writ/domain'
import { canonicalBytes, canonicalText } from '@writ/ledger'
import {
  createInstance,
  encodeInput,
  loadModule,
  maxFuel,
  type RegoInstance,
  type RegoModule,
} from '@writ/rego'
import { memberOf } from '../json-read.ts'
import { goBuiltinsIn } from '../rego/loaded.ts'
import type { Asked, Said } from './asked.ts'
import { saidOf } from './in-opa.ts'

type Files = ReadonlyMap<string, Uint8Array>

const maxPages = 4_096

/** Asks the modules of a bundle, one rule at a time. */
export function createModules(files: Files): (asked: Asked, settings: JsonObject) => Said {
  const manifest: Json = JSON.parse(new TextDecoder().decode(files.get('manifest.json')))
  const { modules } = manifestSchema.parse(manifest)
  const instances = new Map<string, RegoInstance>()
  return ({ rule, name, input, settings: own }, settings) => {
    const plan = modules.find(({ rules }) => Object.hasOwn(rules, rule))
    const [data, file] = [{ settings: own ?? settings }, plan?.file ?? '']
    const key = `${file} ${canonicalText(data)}`
    const instance = instances.get(key) ?? instanceOf(moduleIn(files, file), data)
    instances.set(key, instance)
    const evaluated = instance.evaluate({
      input: encodeInput(input),
      entrypoint: plan?.rules[rule] ?? '',
      fuel: maxFuel,
      now: 0n,
    })
    if (evaluated.status === 'failed')
      throw new Fault('bundle-invalid', `${rule}, “${name}”: ${evaluated.message}`)
    const result: Json = evaluated.status === 'defined' ? JSON.parse(evaluated.text) : {}
    return saidOf(memberOf(result, 'applies'), memberOf(result, 'finding'))
  }
}

function moduleIn(files: Files, file: string): RegoModule {
  return loadModule(files.get(file) ?? new Uint8Array(), { go: () => goBuiltinsIn(files) })
}

function instanceOf(module: RegoModule, data: JsonObject): RegoInstance {
  return createInstance(module, { data: canonicalBytes(data), maxPages })
}
