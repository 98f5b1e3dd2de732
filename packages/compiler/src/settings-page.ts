import { writeYaml } from '@writ/documents'
import { isList, type Json, type JsonObject, type Rule } from '@writ/domain'
import type { Setting } from './described-pack.ts'
import { objectOf } from './json-read.ts'
import type { Block } from './page.ts'

/** What a company may set for a rule, and what one writes for it. */
export function settingsBlocks({ kind }: Rule, settings: readonly Setting[]): readonly Block[] {
  if (settings.length === 0) return []
  return [
    {
      type: 'text',
      text: 'It reads these settings. Change them in their file of the pack, without touching the rule.',
    },
    settingsTable(settings),
    ...(kind === 'config' ? ownSettings(settings) : []),
  ]
}

function settingsTable(settings: readonly Setting[]): Block {
  return {
    type: 'table',
    head: ['file', 'setting', 'as shipped', 'what it is'],
    rows: settings.map(({ path, value, description }) => {
      const [folder, kind, ...name] = path.split('.')
      const file = `${folder}/${kind}/data.json`
      return [file, `\`${name.join('.')}\``, valueWords(value), description]
    }),
  }
}

/** Only `writ check` takes settings beside a pack. */
function ownSettings(settings: readonly Setting[]): readonly Block[] {
  const told: JsonObject = settings.reduce<JsonObject>(
    (tree, { path, value }) => withValue(tree, path.split('.'), sampleOf(value)),
    {},
  )
  return [
    {
      type: 'text',
      text: 'For `writ check` they may stand in a file of your own, `--data FILE`, in this form. Tables are merged, and `null` removes an entry; lists, shortened here, stand in for those that are shipped, and `{add: […], remove: […]}` in the place of one changes it.',
    },
    { type: 'code', language: 'yaml', text: writeYaml(told).trimEnd() },
  ]
}

function withValue(
  tree: JsonObject,
  [step = '', ...rest]: readonly string[],
  value: Json,
): JsonObject {
  const below = objectOf(tree[step]) ?? {}
  return { ...tree, [step]: rest.length === 0 ? value : withValue(below, rest, value) }
}

const shownItems = 3

/** The beginning of a list, and one entry of a table. */
function sampleOf(value: Json): Json {
  if (isList(value)) return value.slice(0, shownItems)
  const table = objectOf(value)
  return table === null ? value : Object.fromEntries(Object.entries(table).slice(0, 1))
}

const shownValue = 120
const shownKeys = 4

/** A value as it is where it is short; of a long table how long it is, and what it begins with. */
function valueWords(value: Json): string {
  const whole = JSON.stringify(value)
  if (whole.length <= shownValue || typeof value !== 'object' || value === null)
    return `\`${whole}\``
  const names = isList(value)
    ? value.filter((item) => typeof item === 'string')
    : Object.keys(value)
  const size = isList(value) ? value.length : names.length
  const shown = names.slice(0, shownKeys).map((name) => `\`${name}\``)
  return shown.length === 0 ? `${size} entries` : `${size} entries, such as ${shown.join(', ')}`
}
