import { withSettings, type SettingsMistake } from '@writ/compiler'
import { pointerOf, type BundleFiles } from '@writ/contract'
import { isList, valueAt, type Issue, type Json, type JsonObject } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { nearTo } from '../policy/near.ts'
import { readSettingsFiles, settingsRefused, type SettingsFile } from './settings-files.ts'

/**
 * The bundle with the settings of these files in place of its pack's. Several are united as OPA unites them: tables are
 * merged, and what two files set differently is a mistake. Throws the Fault `request-invalid` with every mistake.
 */
export function bundleWith(
  bundle: BundleFiles,
  { policies, data }: { readonly policies: string; readonly data: readonly string[] },
  desk: Desk,
): BundleFiles {
  const files = readSettingsFiles(data, desk)
  const given = unite(files)
  const changed = withSettings(bundle, { policies, given })
  if (changed.mistakes === null) return changed.bundle
  throw settingsRefused(changed.mistakes.map((mistake) => placed(mistake, files)))
}

function unite(files: readonly SettingsFile[]): JsonObject {
  const issues: Issue[] = []
  let whole: JsonObject = {}
  for (const [at, file] of files.entries()) {
    const { value, under } = file
    const content = under
      .toReversed()
      .reduce<Json>((inner, step) => ({ [step]: inner }), value ?? {})
    const before = files.slice(0, at)
    if (isTable(content))
      whole = merged(whole, content, (path) => issues.push(conflict(path, file, before)))
    else
      issues.push({
        pointer: `${file.path}:1`,
        message: 'it must hold keys with values, such as settings: {config: …}',
      })
  }
  if (issues.length > 0) throw settingsRefused(issues)
  return whole
}

function isTable(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}

function merged(
  left: JsonObject,
  right: JsonObject,
  clash: (path: readonly string[]) => void,
): JsonObject {
  const entries = Object.entries(right).map(([key, value]): [string, Json] => {
    const there = Object.hasOwn(left, key) ? left[key] : undefined
    if (there === undefined) return [key, value]
    if (isTable(there) && isTable(value))
      return [key, merged(there, value, (path) => clash([key, ...path]))]
    if (JSON.stringify(there) !== JSON.stringify(value)) clash([key])
    return [key, there]
  })
  return { ...left, ...Object.fromEntries(entries) }
}

function conflict(
  path: readonly string[],
  file: SettingsFile,
  before: readonly SettingsFile[],
): Issue {
  const pointer = pointerOf(path)
  const other = before.findLast((one) => depthIn(one, pointer) >= path.length)
  const message = `${path.join('.')} is set differently by ${placeIn(other ?? file, pointer)}: leave one of them out`
  return { pointer: placeIn(file, pointer), message }
}

/** A mistake at its line of the file that made it, with the way out. */
function placed(
  { pointer, message, known }: SettingsMistake,
  files: readonly SettingsFile[],
): Issue {
  const [file] = files.toSorted((left, right) => depthIn(right, pointer) - depthIn(left, pointer))
  const steps = stepsOf(pointer)
  const way = known.length === 0 ? '' : `: ${wayOut(steps.at(-1) ?? '', known)}`
  const text = `${steps.join('.')} ${message.replace('an array', 'a list')}${way}`.trimStart()
  return { pointer: file === undefined ? '' : placeIn(file, pointer), message: text }
}

const shownNames = 12

function wayOut(typed: string, known: readonly string[]): string {
  const near = nearTo(typed, known)
  if (near.length > 0) return `did you mean ${near.join(' or ')}?`
  return known.length <= shownNames
    ? `there are ${known.join(', ')}`
    : 'writ policy show RULE names the settings of a rule'
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** How much of the way to this place the file goes. */
function depthIn({ under, value }: SettingsFile, pointer: string): number {
  const steps = stepsOf(pointer)
  if (under.some((step, at) => steps[at] !== step)) return 0
  const own = steps.slice(under.length)
  const reached = own.filter(
    (_, at) => valueAt(value, pointerOf(own.slice(0, at + 1))) !== undefined,
  )
  return under.length + reached.length
}

function placeIn({ path, under, lineOf }: SettingsFile, pointer: string): string {
  return `${path}:${lineOf(pointerOf(stepsOf(pointer).slice(under.length)))}`
}
