// Part of `writ.js`, under the pinned Node: the command's own code, made into a few files once and kept for the next start.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'

/** @typedef {{ readonly changed: number, readonly size: number, readonly digest: string | null }} Known */
/** @typedef {{ readonly folder: string, readonly files: { readonly [path: string]: Known } }} Kept */

/**
 * @typedef {{
 *   readonly root: string,
 *   readonly cache: string,
 *   readonly bundle: (folder: string) => Promise<readonly string[]>,
 *   readonly tell: (words: string) => void
 * }} Making
 * The root of the sources, where code is kept, and what writes it into a folder: it names every file that decides what it is.
 * `tell` is told why nothing can be kept, once a day where that can be remembered.
 */

/**
 * The folder with the command's `main.js`, made of the sources as they are now: to load five hundred sources one by one costs
 * more than most commands do. What was made before is used only while every file that it was made of is what it was then.
 * Null where none can be made: the sources run as they are.
 *
 * @param {Making} making
 * @returns {Promise<string | null>}
 */
export async function keptCode(making) {
  const { root, cache, tell } = making
  const home = join(cache, digestOf(root).slice(0, 16))
  try {
    return known(root, home) ?? (await made(making, home))
  } catch (thrown) {
    // No room, no right to write, a source with a mistake, no esbuild, or a clock that is wrong.
    if (isFirstOfTheDay(home)) tell(slowerWords(home, thrown))
    return null
  }
}

/**
 * @param {string} home
 * @param {unknown} thrown
 */
function slowerWords(home, thrown) {
  const reason = thrown instanceof Error ? thrown.message.split('\n', 1)[0] : String(thrown)
  return `its own code cannot be kept in ${home}, so every start takes longer: ${reason}. Set XDG_CACHE_HOME to a folder that can be written, or run \`npm ci\` again`
}

/**
 * Whether nobody was told; where the folder cannot be written, nobody knows.
 *
 * @param {string} home
 */
function isFirstOfTheDay(home) {
  try {
    writeFileSync(join(home, 'told'), '', { flag: 'wx' })
    return true
  } catch {
    return !existsSync(join(home, 'told'))
  }
}

/**
 * @param {string} root
 * @param {string} home
 */
function known(root, home) {
  const kept = readKept(home)
  if (kept === null) return null
  const { folder, files } = kept
  if (!existsSync(join(home, folder, 'main.js'))) return null
  const touched = Object.entries(files).filter(([path, file]) => !isAsKnown(join(root, path), file))
  // A checkout of the same bytes is as good: caches outlive clones.
  if (touched.some(([path, { digest }]) => digestIn(join(root, path)) !== digest)) return null
  if (touched.length > 0) writeKept(home, { folder, files: filesNow(root, Object.keys(files)) })
  return join(home, folder)
}

/**
 * @param {Making} making
 * @param {string} home
 */
async function made({ root, bundle }, home) {
  const started = Date.now()
  mkdirSync(home, { recursive: true })
  removeOld(home, started)
  const folder = mkdtempSync(join(home, 'made-'))
  const files = filesNow(root, await bundle(folder))
  const late = Object.entries(files).filter(([, { changed }]) => changed >= started - clockTick)
  for (const [path, { changed }] of late)
    if (changed > Date.now() + dayMs) throw new Error(`${path} bears a date that is yet to come`)
  // Somebody writes while we read: what was made may be of neither this nor that.
  if (late.length > 0) return null
  writeKept(home, { folder: basename(folder), files })
  return folder
}

/** What a file system's clock may lag behind ours. */
const clockTick = 20
/** A command that still runs may have yet to load a part of older code. */
const dayMs = 86_400_000

/**
 * @param {string} home
 * @param {number} now
 */
function removeOld(home, now) {
  for (const name of readdirSync(home)) {
    const path = join(home, name)
    if (statSync(path).mtimeMs < now - dayMs) rmSync(path, { recursive: true, force: true })
  }
}

/**
 * @param {string} file
 * @param {Known} known
 */
function isAsKnown(file, { changed, size }) {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats !== undefined && stats.ctimeMs === changed && stats.size === size
}

/**
 * @param {string} root
 * @param {readonly string[]} paths
 * @returns {Kept['files']}
 */
function filesNow(root, paths) {
  return Object.fromEntries(
    paths.map((path) => {
      const { ctimeMs: changed, size } = statSync(join(root, path))
      return [path, { changed, size, digest: digestIn(join(root, path)) }]
    }),
  )
}

/**
 * @param {string} home
 * @returns {Kept | null}
 */
function readKept(home) {
  try {
    return JSON.parse(readFileSync(join(home, 'kept.json'), 'utf8'))
  } catch {
    return null
  }
}

/**
 * @param {string} home
 * @param {Kept} kept
 */
function writeKept(home, kept) {
  const unfinished = join(home, `${process.pid}.unfinished`)
  writeFileSync(unfinished, JSON.stringify(kept))
  renameSync(unfinished, join(home, 'kept.json'))
}

/** @param {string} file */
function digestIn(file) {
  return existsSync(file) ? digestOf(readFileSync(file)) : null
}

/** @param {string | Uint8Array} bytes */
function digestOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}
