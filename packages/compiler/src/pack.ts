import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Fault, kinds, type Issue, type Json, type Kind } from '@writ/domain'
import { manifestName } from './old-rego.ts'

/** A Rego file of a pack, by its path inside it. */
export type RegoFile = { readonly path: string; readonly text: string }

/** A folder of policies as it was read: nothing in it is understood yet but where things lie. */
export type Pack = {
  /** The folder's own name. */
  readonly name: string
  readonly rules: readonly RegoFile[]
  readonly library: readonly RegoFile[]
  /** Everything else that the bundle is made of: path → text. */
  readonly json: ReadonlyMap<string, string>
}

const maxBytes = 32 * 2 ** 20
const topFiles = ['enforcement.json', 'document-types.json', 'capabilities.json', 'masks.json']
const schemaFiles = kinds.flatMap((kind) => [
  `schemas/${kind}.json`,
  `settings/${kind}/schema.json`,
])

/**
 * Reads a pack. A file that has no place in one is named in the issues, so that nobody waits for a rule that was never read.
 * All at once: to wait for each of hundreds of small files costs more than to read them.
 */
export function readPack(folder: string): {
  readonly pack: Pack
  readonly issues: readonly Issue[]
} {
  const paths = pathsIn(folder)
  const rego = paths.filter((path) => path.endsWith('.rego') && !path.endsWith('_test.rego'))
  const used = [...rego, ...paths.filter(isData)]
  bound(folder, used)
  const texts = new Map<string, string>()
  for (const path of used) texts.set(path, readFileSync(join(folder, path), 'utf8'))
  const files = rego.map((path) => ({ path, text: texts.get(path) ?? '' }))
  const pack = {
    name: basename(resolve(folder)),
    rules: files.filter(({ path }) => kindOf(path) !== null),
    library: files.filter(({ path }) => path.startsWith('lib/')),
    json: new Map([...texts].filter(([path]) => isData(path))),
  }
  return { pack, issues: [...strays(rego), ...missing(pack)] }
}

/** The kind that a rule's path says it is of; null when it is no rule's path. */
export function kindOf(path: string): Kind | null {
  return kinds.find((kind) => path.startsWith(`${kind}/`)) ?? null
}

/** The JSON value of one file of a pack; an absent file is undefined, a broken one is an issue. */
export function jsonOf(
  pack: Pack,
  path: string,
): { readonly value: Json | undefined; readonly issues: readonly Issue[] } {
  const text = pack.json.get(path)
  if (text === undefined) return { value: undefined, issues: [] }
  try {
    const value: Json = JSON.parse(text)
    return { value, issues: [] }
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    return { value: undefined, issues: [{ pointer: path, message: `is not JSON: ${why}` }] }
  }
}

function pathsIn(folder: string): readonly string[] {
  const base = resolve(folder)
  try {
    const entries = readdirSync(base, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1))
      .filter(
        (path) => !path.split('/').some((part) => part.startsWith('.') && part !== manifestName),
      )
      .toSorted()
  } catch (cause) {
    throw new Fault('bundle-invalid', `The policies cannot be read from ${folder}`, {
      facts: { issues: [{ pointer: folder, message: 'is not a folder that can be read' }] },
      cause,
    })
  }
}

function isData(path: string): boolean {
  return (
    topFiles.includes(path) ||
    schemaFiles.includes(path) ||
    basename(path) === manifestName ||
    (path.startsWith('settings/') && basename(path) === 'data.json')
  )
}

function bound(folder: string, paths: readonly string[]): void {
  let total = 0
  for (const path of paths) total += lstatSync(join(folder, path)).size
  if (total <= maxBytes) return
  const message = `holds ${total} bytes of policies and settings; at most ${maxBytes} are compiled`
  throw new Fault('bundle-invalid', `The policies in ${folder} are too large`, {
    facts: { issues: [{ pointer: folder, message }] },
  })
}

function strays(rego: readonly string[]): readonly Issue[] {
  return rego
    .filter((path) => kindOf(path) === null && !path.startsWith('lib/'))
    .map((pointer) => ({
      pointer,
      message:
        'lies outside deploy/, access/, config/ and lib/, so nothing would read it: move it there',
    }))
}

function missing({ rules, json }: Pack): readonly Issue[] {
  const used = kinds.filter((kind) => rules.some(({ path }) => kindOf(path) === kind))
  const needed = [
    'enforcement.json',
    'capabilities.json',
    ...used.map((kind) => `schemas/${kind}.json`),
  ]
  const absent = needed
    .filter((path) => !json.has(path))
    .map((pointer) => ({ pointer, message: missingWords[pointer] ?? schemaWords }))
  if (rules.length > 0) return absent
  return [
    { pointer: 'deploy/', message: 'no rule in deploy/, access/ or config/: a bundle needs one' },
    ...absent,
  ]
}

const schemaWords =
  'is missing: a JSON Schema of the whole request of this kind, so that a misspelt input path is found at build'

const missingWords: { readonly [path: string]: string } = {
  'enforcement.json': 'is missing: it says how strictly each rule is held in each environment',
  'capabilities.json':
    "is missing: it lists the builtins that rules may use; copy the one of Writ's own policies",
}
