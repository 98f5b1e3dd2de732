import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The floors of ARCHITECTURE.md: a room may use rooms on lower floors only. */
const floors: Readonly<Record<string, number>> = {
  domain: 0,
  rego: 1,
  documents: 1,
  ledger: 1,
  scorecard: 1,
  contract: 1,
  aws: 2,
  service: 2,
  client: 2,
  engine: 3,
  dynamo: 3,
  sqlite: 3,
  http: 3,
  lambda: 3,
  compiler: 3,
  local: 4,
  cli: 4,
  functions: 4,
  infra: 4,
}

/** Code from outside that a room may use; what a room does not list here it may not have. */
const outside: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  rego: ['node:', '@open-policy-agent/opa-wasm', 're2js', 'ajv', 'yaml'],
  documents: ['js-yaml'],
  ledger: ['node:crypto'],
  scorecard: [],
  contract: ['zod'],
  aws: ['node:', 'aws4'],
  service: [],
  client: [],
  engine: ['node:'],
  dynamo: ['node:', '@aws-sdk/client-dynamodb'],
  sqlite: ['node:'],
  http: ['node:', 'hono'],
  lambda: ['node:', '@middy/core', 'aws-lambda'],
  compiler: ['node:'],
  local: ['node:', '@hono/node-server'],
  cli: ['node:', 'commander'],
  functions: ['node:'],
  infra: ['node:fs', 'node:path'],
  testkit: ['node:', 'vitest', 'fast-check'],
}

/** What else of a room may be imported, beside its `index.ts`, and by whom. */
const sideDoors: Readonly<Record<string, readonly string[]>> = {
  infra: ['dynamo/operations', 'dynamo/tables'],
}

const forbiddenFolders = ['utils', 'common', 'helpers', 'shared', 'lib', 'types', 'misc']

export type Source = { readonly path: string; readonly text: string }
export type Room = {
  readonly name: string
  readonly declared: readonly string[]
  readonly sources: readonly Source[]
}
export type House = { readonly rooms: readonly Room[]; readonly folders: readonly string[] }

/** Every violation of the house's rules, as `file: what`. */
export function violationsOf(house: House): readonly string[] {
  return [
    ...house.folders.flatMap(folderViolations),
    ...house.rooms.flatMap((room) => room.sources.flatMap((source) => violationsIn(room, source))),
    ...house.rooms.flatMap(missingParts),
    ...cyclesIn(house),
  ]
}

/** What a file imports or exports from elsewhere, by its statements as Prettier writes them, and `import('…')`. */
function importsOf({ text }: Source): readonly string[] {
  const names = String.raw`(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?|\w+)(?:\s*,\s*\{[^}]*\})?`
  const pattern = new RegExp(
    String.raw`^(?:import|export)\s+${names}\s+from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'`,
    'gm',
  )
  return [...text.matchAll(pattern)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '')
}

function violationsIn(room: Room, source: Source): readonly string[] {
  if (source.path.endsWith('.test.ts')) return []
  return importsOf(source).flatMap((specifier) => {
    const reason = violation(room, specifier)
    return reason === null ? [] : [`${source.path}: ${reason}`]
  })
}

function violation(room: Room, specifier: string): string | null {
  if (specifier.startsWith('.')) return null
  if (specifier.startsWith('@writ/')) return roomViolation(room, specifier)
  const name = packageOf(specifier)
  const allowed = outside[room.name]?.some((entry) =>
    entry === 'node:' ? name.startsWith('node:') : name === entry,
  )
  if (allowed !== true) return `${room.name} may not use ${name}`
  if (!name.startsWith('node:') && !room.declared.includes(name)) return `${name} is not declared`
  return null
}

function roomViolation(room: Room, specifier: string): string | null {
  const path = specifier.slice('@writ/'.length)
  const [target = ''] = path.split('/')
  if (path.includes('/') && !isSideDoor(room, path))
    return `${specifier} goes past the surface of its room`
  if (!room.declared.includes(`@writ/${target}`)) return `${specifier} is not declared`
  return room.name === 'testkit' ? testkitViolation(target) : floorViolation(room, target)
}

function testkitViolation(target: string): string | null {
  return (floors[target] ?? 9) <= 2 ? null : `testkit may not see ${target}`
}

function floorViolation(room: Room, target: string): string | null {
  const [own, other] = [floors[room.name], floors[target]]
  if (other === undefined) return `${room.name} may not see ${target}`
  if (own === undefined || other >= own)
    return `${room.name} (floor ${own}) may not see ${target} (floor ${other})`
  return null
}

function isSideDoor({ name }: Room, path: string): boolean {
  return sideDoors[name]?.includes(path) === true
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}

function folderViolations(folder: string): readonly string[] {
  const name = folder.split('/').at(-1) ?? ''
  const isRegoLibrary = folder === 'policies/lib' || folder.endsWith('/pack/lib') // Rego's own word
  return forbiddenFolders.includes(name) && !isRegoLibrary
    ? [`${folder}: a folder is named for what lives there, not ${name}`]
    : []
}

function missingParts(room: Room): readonly string[] {
  if (room.name !== 'testkit' && floors[room.name] === undefined)
    return [`packages/${room.name}: no floor is named for it`]
  if (room.name === 'functions') return []
  const job = room.sources.filter(({ path }) => !path.endsWith('/index.ts'))
  const isEntered = room.sources.some(({ path }) => /\/src\/(index|main)\.ts$/.test(path))
  return job.length > 0 && isEntered ? [] : [`packages/${room.name}: an empty room, or no index.ts`]
}

/** Import cycles between files of one room; rooms cannot make one, their floors forbid it. */
function cyclesIn({ rooms }: House): readonly string[] {
  const graph = new Map(
    rooms.flatMap(({ sources }) =>
      sources.map((source) => [
        source.path,
        importsOf(source)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => join(source.path, '..', specifier)),
      ]),
    ),
  )
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push(`${path}: imports itself by ${trail.join(' → ')}`)
    if (trail.includes(path) || done.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return found
}

/** The house as it stands in this folder. */
export function readHouse(root: string): House {
  const rooms = [
    ...readdirSync(join(root, 'packages')).map((name) => readRoom(root, name)),
    readFunctions(root),
  ]
  const folders = ['packages', 'policies', 'test', 'tools', 'docs', 'examples'].flatMap((top) =>
    foldersUnder(root, top),
  )
  return { rooms, folders }
}

function readRoom(root: string, name: string): Room {
  const folder = join(root, 'packages', name)
  const manifest: { dependencies?: Record<string, string> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({
      path: relative(root, join(folder, 'src', path)),
      text: readFileSync(join(folder, 'src', path), 'utf8'),
    }))
  return { name, declared: Object.keys(manifest.dependencies ?? {}), sources }
}

/** The composition roots: one file a function, and what they share. */
function readFunctions(root: string): Room {
  const folder = join(root, 'functions')
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({
      path: `functions/${name}`,
      text: readFileSync(join(folder, name), 'utf8'),
    }))
  return { name: 'functions', declared: Object.keys(dependencies), sources }
}

function foldersUnder(root: string, top: string): readonly string[] {
  try {
    return readdirSync(join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((path) => !path.includes('node_modules'))
  } catch {
    return [] // a top-level folder that a later issue brings
  }
}
