import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Json } from '@writ/domain'
import { digestOf } from '@writ/ledger'
import { objectOf } from './json-read.ts'
import { keyOf } from './kept.ts'
import type { Pack } from './pack.ts'

type Files = ReadonlyMap<string, Uint8Array>

const list = 'files.json'

/** A name for everything that decides what a bundle's bytes are. */
export function sourcesKey({ rules, library, json }: Pack): string {
  return keyOf(
    ['bundle'],
    [...rules, ...library, ...[...json].map(([path, text]) => ({ path, text }))],
  )
}

/** The bundle that was kept under this key; null when there is none, or not all of it as it was kept. */
export function cachedBundle(cacheDir: string, key: string): Files | null {
  const folder = join(cacheDir, 'bundles', key)
  try {
    const listed: Json = JSON.parse(readFileSync(join(folder, list), 'utf8'))
    const files = new Map<string, Uint8Array>()
    for (const [name, digest] of Object.entries(objectOf(listed) ?? {})) {
      const bytes = readFileSync(join(folder, name))
      if (digestOf(bytes) !== digest) return null
      files.set(name, bytes)
    }
    return files.has('manifest.json') ? files : null
  } catch {
    return null // whatever is wrong with an entry of a cache, building anew mends it
  }
}

/** Keeps a bundle, whole or not at all. */
export async function keepBundle(cacheDir: string, key: string, files: Files): Promise<void> {
  const parent = join(cacheDir, 'bundles')
  await mkdir(parent, { recursive: true })
  const unfinished = await mkdtemp(join(parent, 'unfinished-'))
  try {
    for (const [name, bytes] of files) await writeFile(join(unfinished, name), bytes)
    const digests = Object.fromEntries([...files].map(([name, bytes]) => [name, digestOf(bytes)]))
    await writeFile(join(unfinished, list), JSON.stringify(digests))
    await rm(join(parent, key), { recursive: true, force: true }) // a damaged one; a whole one would have been used
    await rename(unfinished, join(parent, key))
  } catch {
    // A full disk, or another process that was first with the same bytes: the bundle is good without being kept.
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}
