import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { digestOf } from '@writ/ledger'
import type { RegoFile } from './pack.ts'
import { compilerVersion, opaVersion } from './version.ts'

/** A name for what is made of these files in this way: equal names, equal bytes. */
export function keyOf(way: readonly string[], files: readonly RegoFile[]): string {
  const hash = createHash('sha256')
  for (const word of [`opa ${opaVersion}`, `compiler ${compilerVersion}`, ...way])
    hash.update(`${Buffer.byteLength(word)}:${word}`)
  for (const { path, text } of files)
    hash.update(`\n${path}\n${Buffer.byteLength(text)}\n`).update(text)
  return hash.digest('hex')
}

/** What was made before under this key, else what is made now. A damaged entry is made anew; a null is not kept. */
export async function kept<Made extends Uint8Array | null>(
  { cacheDir, key }: { readonly cacheDir: string; readonly key: string },
  make: () => Promise<Made>,
): Promise<Made | Uint8Array> {
  const path = join(cacheDir, 'parts', key)
  const found = await read(path)
  if (found !== null) return found
  const made = await make()
  if (made !== null) await keep(path, made).catch(() => undefined) // a full disk: it is good without being kept
  return made
}

/** An entry begins with the digest of the rest. */
const digestLength = 'sha256:'.length + 64

async function read(path: string): Promise<Uint8Array | null> {
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return null
  const content = bytes.subarray(digestLength)
  const isWhole = bytes.subarray(0, digestLength).toString('latin1') === digestOf(content)
  return isWhole ? content : null
}

async function keep(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const unfinished = `${path}.${process.pid}.unfinished`
  await writeFile(unfinished, Buffer.concat([Buffer.from(digestOf(bytes), 'latin1'), bytes]))
  await rename(unfinished, path)
}
