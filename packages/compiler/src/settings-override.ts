import { pointerOf, type BundleFiles } from '@writ/contract'
import { valueAt, type Issue, type Json, type JsonObject } from '@writ/domain'
import { canonicalBytes } from '@writ/ledger'
import { objectOf } from './json-read.ts'
import { readPack } from './pack.ts'
import { mistakesIn, settingsSchemasOf, type SettingsSchemas } from './settings-schemas.ts'

/** A mistake in settings of one’s own; `known` are the names that would stand where an unknown one does. */
export type SettingsMistake = Issue & { readonly known: readonly string[] }

type Overridden =
  | { readonly bundle: BundleFiles; readonly mistakes: null }
  | { readonly bundle: null; readonly mistakes: readonly SettingsMistake[] }

/**
 * The bundle with `given` laid over the data of its pack, as JSON Merge Patch (RFC 7396) has it: tables are merged, null
 * removes an entry, everything else stands in for what was there. Only what a schema of the pack describes can be set.
 */
export function withSettings(
  { revision, files }: BundleFiles,
  { policies, given }: { readonly policies: string; readonly given: JsonObject },
): Overridden {
  const { schemas } = settingsSchemasOf(readPack(policies).pack)
  const own: JsonObject = JSON.parse(new TextDecoder().decode(files.get('data.json')))
  const strangers = [...unsettable(given, schemas), ...removedInVain(given, own, [])]
  const data = patched(own, given)
  const mistakes = strangers.length > 0 ? strangers : mistakesOf(data, { own, schemas })
  if (mistakes.length > 0) return { bundle: null, mistakes }
  return {
    bundle: { revision, files: new Map([...files, ['data.json', canonicalBytes(data)]]) },
    mistakes: null,
  }
}

function patched(own: Json | undefined, given: JsonObject): JsonObject {
  const base = objectOf(own) ?? {}
  const changed = Object.entries(given).flatMap(([key, value]): [string, Json][] => {
    if (value === null) return []
    const table = objectOf(value)
    return [[key, table === null ? value : patched(base[key], table)]]
  })
  const kept = Object.entries(base).filter(([key]) => !Object.hasOwn(given, key))
  return Object.fromEntries([...kept, ...changed])
}

/** What no schema describes: nothing would say what it means, or whether a rule reads it. */
function unsettable(given: JsonObject, schemas: SettingsSchemas): readonly SettingsMistake[] {
  const known = Object.keys(schemas)
  if (known.length === 0)
    return [
      {
        pointer: '',
        known,
        message: 'these policies describe no settings: they have no settings/config/schema.json',
      },
    ]
  const top = Object.keys(given).filter((key) => key !== 'settings')
  const settings = objectOf(given['settings'])
  const strangers = Object.keys(settings ?? {}).filter((kind) => !known.includes(kind))
  return [
    ...top.map((key) => unknownName([key], ['settings'])),
    ...strangers.map((kind) => unknownName(['settings', kind], known)),
    ...(settings === null && Object.hasOwn(given, 'settings')
      ? [{ pointer: '/settings', known: [], message: 'must be an object' }]
      : []),
  ]
}

/** A null where there is nothing to remove: a name was mistyped, and what was meant is still there. */
function removedInVain(
  given: JsonObject,
  own: Json | undefined,
  at: readonly string[],
): readonly SettingsMistake[] {
  const base = objectOf(own) ?? {}
  return Object.entries(given).flatMap(([key, value]) => {
    const here = [...at, key]
    if (value === null && !Object.hasOwn(base, key)) return [unknownName(here, Object.keys(base))]
    return removedInVain(objectOf(value) ?? {}, base[key], here)
  })
}

function unknownName(path: readonly string[], known: readonly string[]): SettingsMistake {
  return { pointer: pointerOf(path), known, message: 'is not known' }
}

function mistakesOf(
  data: JsonObject,
  { own, schemas }: { readonly own: JsonObject; readonly schemas: SettingsSchemas },
): readonly SettingsMistake[] {
  return mistakesIn(data, schemas).map(({ pointer, message }) => {
    if (!message.includes('not a field')) return { pointer, message, known: [] }
    const around = objectOf(valueAt(own, pointer.slice(0, pointer.lastIndexOf('/'))) ?? null)
    return { pointer, message: 'is not known', known: Object.keys(around ?? {}) }
  })
}
