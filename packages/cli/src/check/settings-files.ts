import { readdirSync, statSync, type Dirent } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { readPlacedYaml } from '@writ/documents'
import { Fault, type Issue, type Json } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { readBytes } from './read-bytes.ts'
import { reasonOf } from './walk.ts'

/** A file of settings of one's own, as OPA reads one with `--data`. */
export type SettingsFile = {
  /** As it is shown. */
  readonly path: string
  /** Where in `data` its content lies: the folders that lead to it from the one that was named. */
  readonly under: readonly string[]
  readonly value: Json
  readonly lineOf: (pointer: string) => number
}

const maxBytes = 4_000_000
const maxFiles = 1000

/** Every JSON and YAML file of these paths. Throws the Fault `request-invalid` with each that cannot be read. */
export function readSettingsFiles(
  paths: readonly string[],
  { cwd }: Desk,
): readonly SettingsFile[] {
  const issues: Issue[] = []
  const found = paths.flatMap((path) => filesAt(path, resolve(cwd, path), issues))
  const files = found.slice(0, maxFiles).flatMap((file) => read(file, issues))
  if (found.length > maxFiles)
    issues.push({
      pointer: paths.join(', '),
      message: `more than ${maxFiles} files: name the folder that holds settings only`,
    })
  if (issues.length > 0) throw settingsRefused(issues)
  return files
}

/** Nothing is judged by settings that are half understood. */
export function settingsRefused(issues: readonly Issue[]): Fault {
  const message = 'Nothing was judged: the settings of --data have mistakes'
  return new Fault('request-invalid', message, { facts: { issues: [...issues] } })
}

type Found = { readonly path: string; readonly file: string; readonly under: readonly string[] }

function filesAt(path: string, file: string, issues: Issue[]): readonly Found[] {
  try {
    if (!statSync(file).isDirectory()) return [{ path, file, under: [] }]
    const found = readdirSync(file, { recursive: true, withFileTypes: true })
      .filter(isData)
      .map((entry) => placed(entry, path, file))
      .toSorted((left, right) => (left.path < right.path ? -1 : 1))
    if (found.length > 0) return found
    issues.push({ pointer: path, message: 'the folder holds no .json, .yaml or .yml file' })
  } catch (thrown) {
    issues.push({ pointer: path, message: reasonOf(thrown) })
  }
  return []
}

/** A schema lies beside the settings of a pack, and is none of them. */
function isData(entry: Dirent): boolean {
  return (
    /\.(?:json|ya?ml)$/.test(entry.name) && entry.name !== 'schema.json' && !entry.isDirectory()
  )
}

function placed(entry: Dirent, path: string, folder: string): Found {
  const inside = entry.parentPath
    .slice(folder.length)
    .split(/[\\/]/)
    .filter((step) => step !== '')
  return {
    path: [path.replace(/\/$/, ''), ...inside, basename(entry.name)].join('/'),
    file: join(entry.parentPath, entry.name),
    under: inside,
  }
}

function read({ path, file, under }: Found, issues: Issue[]): readonly SettingsFile[] {
  try {
    const bytes = readBytes(file, statSync(file).size, maxBytes + 1)
    if (bytes.length <= maxBytes) {
      const content = readPlacedYaml(bytes)
      if (content.status === 'read')
        return [{ path, under, value: content.value, lineOf: content.lineOf }]
      const { line, message } = content.mistake
      issues.push({ pointer: `${path}:${line}`, message })
    } else issues.push({ pointer: path, message: 'it is larger than 4 MB: split it' })
  } catch (thrown) {
    issues.push({ pointer: path, message: reasonOf(thrown) })
  }
  return []
}
