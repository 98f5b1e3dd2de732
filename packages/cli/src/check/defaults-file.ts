import { statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import {
  checkDefaultExample,
  checkDefaultNames,
  readCheckDefaults,
  type CheckDefaults,
} from '@writ/contract'
import { readPlacedYaml } from '@writ/documents'
import { Fault, type Issue } from '@writ/domain'
import { nearTo } from '../policy/near.ts'
import { ignoring, type Ignoring } from './ignore.ts'
import { readBytes } from './read-bytes.ts'
import { isWithin, reasonOf } from './walk.ts'

/** What the repository's own file says, and where it says so. */
export type Defaults = {
  /** The file, as it is shown. */
  readonly path: string
  readonly values: CheckDefaults
  readonly isIgnored: Ignoring
  /** How a value is called in a message: `environment in writ.yaml:2`; null where the file does not set it. */
  readonly nameOf: (key: string) => string | null
}

const maxBytes = 1_000_000

type Place = {
  readonly cwd: string
  /** The root of the repository. */
  readonly top: string
}

/** What a `writ.yaml` says. Throws the Fault `request-invalid` with every mistake in it, each with its line. */
export function defaultsIn(file: string, { cwd, top }: Place): Defaults {
  const path = (relative(cwd, file) || file).split(sep).join('/')
  const found = readPlacedYaml(bytesOf(file, path))
  if (found.status === 'broken') {
    const { line, message } = found.mistake
    throw refused(path, [{ pointer: `${path}:${line}`, message }])
  }
  const { value, lineOf } = found
  const read = readCheckDefaults(value)
  const placeOf = (pointer: string): string => `${path}:${lineOf(pointer)}`
  if ('issues' in read)
    throw refused(
      path,
      read.issues
        .toSorted((left, right) => lineOf(left.pointer) - lineOf(right.pointer))
        .map((issue) => ({ pointer: placeOf(issue.pointer), message: wordsOf(issue) })),
    )
  const { defaults } = read
  const folder = dirname(file)
  return {
    path,
    values: placed(defaults, (own) => relative(cwd, resolve(folder, own)) || '.'),
    isIgnored: ignoring(defaults.ignore ?? [], isWithin(folder, top) ? folder : top),
    nameOf: (key) => (Object.hasOwn(defaults, key) ? `${key} in ${placeOf(`/${key}`)}` : null),
  }
}

/** Paths that the file names begin where it lies, wherever the command runs. */
function placed(defaults: CheckDefaults, fromHere: (path: string) => string): CheckDefaults {
  const { policies, data, baseline } = defaults
  return {
    ...defaults,
    ...(policies === undefined ? {} : { policies: fromHere(policies) }),
    ...(baseline === undefined ? {} : { baseline: fromHere(baseline) }),
    ...(data === undefined ? {} : { data: data.map(fromHere) }),
  }
}

/** A mistake in words that end with the way out. */
function wordsOf({ pointer, message }: Issue): string {
  const [, key = ''] = pointer.split('/')
  if (key === '') return 'it must hold keys with values, such as environment: production'
  const example = checkDefaultExample(key)
  if (example === null) return `${key} is no key of this file: ${wayOut(key)}`
  if (message.includes('exclude each other')) return message
  const place = pointer.slice(1).replaceAll('/', ' ')
  const way = message.includes('one of') ? '' : `, such as ${key}: ${example}`
  return `${place} ${message.replace('an array', 'a list')}${way}`
}

function wayOut(key: string): string {
  const [near] = nearTo(key, checkDefaultNames)
  return near === undefined
    ? `its keys are ${checkDefaultNames.join(', ')}`
    : `did you mean ${near}?`
}

function refused(path: string, issues: readonly Issue[]): Fault {
  return new Fault('request-invalid', `Nothing was judged: ${path} has mistakes`, {
    facts: { issues: [...issues] },
  })
}

function bytesOf(file: string, path: string): Uint8Array {
  try {
    const bytes = readBytes(file, statSync(file).size, maxBytes + 1)
    if (bytes.length <= maxBytes) return bytes
  } catch (cause) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
  throw new Fault('request-invalid', `${path} is larger than 1 MB: it must be another file`)
}
