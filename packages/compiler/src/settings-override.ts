import { pointerOf, type BundleFiles } from '@writ/contract'
import { isList, valueAt, type Issue, type Json, type JsonObject } from '@writ/domain'
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
 * removes an entry, everything else stands in for what was there. Beyond that, `{add: […], remove: […]}` changes a list.
 * Only what a schema of the pack describes can be set.
 */
export function withSettings(
  { revision, files }: BundleFiles,
  { policies, given }: { readonly policies: string; readonly given: JsonObject },
): Overridden {
  const { schemas } = settingsSchemasOf(readPack(policies).pack)
  const own: JsonObject = JSON.parse(new TextDecoder().decode(files.get('data.json')))
  const strangers = [...unsettable(given, schemas), ...changedInVain(given, own, [])]
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
  const laid = Object.entries(given).flatMap(([key, value]): [string, Json][] => {
    if (value === null) return []
    const table = objectOf(value)
    if (table === null) return [[key, value]]
    const there = base[key]
    return [[key, isListed(there) ? changed(there, table) : patched(there, table)]]
  })
  const kept = Object.entries(base).filter(([key]) => !Object.hasOwn(given, key))
  return Object.fromEntries([...kept, ...laid])
}

function isListed(value: Json | undefined): value is readonly Json[] {
  return value !== undefined && isList(value)
}

/** A list with what is to be removed left out, and what is to be added at its end, where it is not there yet. */
function changed(own: readonly Json[], { add, remove }: JsonObject): Json {
  const gone = new Set(itemsOf(remove).map(textOf))
  const left = own.filter((item) => !gone.has(textOf(item)))
  const there = new Set(left.map(textOf))
  return [...left, ...itemsOf(add).filter((item) => !there.has(textOf(item)))]
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return isListed(value) ? value : []
}

function textOf(item: Json): string {
  return new TextDecoder().decode(canonicalBytes(item))
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

/** What is to be removed and is not there: a name was mistyped, and what was meant is still there. */
function changedInVain(
  given: JsonObject,
  own: Json | undefined,
  at: readonly string[],
): readonly SettingsMistake[] {
  const base = objectOf(own) ?? {}
  return Object.entries(given).flatMap(([key, value]) => {
    const here = [...at, key]
    if (value === null && !Object.hasOwn(base, key)) return [unknownName(here, Object.keys(base))]
    const there = base[key]
    const table = objectOf(value) ?? {}
    return isListed(there) && objectOf(value) !== null
      ? listChangedInVain(table, there, here)
      : changedInVain(table, there, here)
  })
}

const listChanges = ['add', 'remove']

function listChangedInVain(
  table: JsonObject,
  own: readonly Json[],
  at: readonly string[],
): readonly SettingsMistake[] {
  const there = new Set(own.map(textOf))
  if (Object.keys(table).length === 0)
    return [{ pointer: pointerOf(at), known: [], message: 'must be an array' }]
  return Object.entries(table).flatMap(([key, value]) => {
    if (!listChanges.includes(key)) return [unknownName([...at, key], listChanges)]
    if (!isListed(value))
      return [{ pointer: pointerOf([...at, key]), known: [], message: 'must be an array' }]
    if (key === 'add') return []
    return value.flatMap((item, index) =>
      there.has(textOf(item))
        ? []
        : [
            {
              pointer: pointerOf([...at, key, String(index)]),
              known: [],
              message: 'is not in the list that it is to be removed from',
            },
          ],
    )
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
