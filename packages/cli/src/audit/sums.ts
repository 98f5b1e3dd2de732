import { createHash } from 'node:crypto'
import type { Amiss } from '@writ/ledger'

export const sumsFile = 'SHA256SUMS'

/** The SHA-256 of each file of a folder, in hex by its path. */
export type Sums = ReadonlyMap<string, string>

export function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** As `sha256sum --check` reads them, in the order of their paths. */
export function writeSums(sums: Sums): string {
  return [...sums.keys()]
    .toSorted()
    .map((path) => `${sums.get(path)}  ${path}\n`)
    .join('')
}

/** What is amiss with a folder that has these files, when this is what its list of sums says. */
export function amissInSums(listed: string, found: Sums): Amiss | null {
  if (listed === writeSums(found)) return null
  const stated = new Map(listed.split('\n').map((line) => [line.slice(66), line.slice(0, 64)]))
  const differs = [...found.keys()].find((path) => stated.get(path) !== found.get(path))
  const lost = [...stated.keys()].find((path) => path !== '' && !found.has(path))
  return { status: 'unproven', reason: reasonOf(stated, { differs, lost }) }
}

function reasonOf(
  stated: Sums,
  { differs, lost }: { readonly differs: string | undefined; readonly lost: string | undefined },
): string {
  if (lost !== undefined) return `${lost} is missing, or ${sumsFile} is not as it was written`
  if (differs === undefined) return `${sumsFile} is not as it was written`
  return stated.has(differs)
    ? `${differs} is not the file that ${sumsFile} was written for`
    : `${differs} does not belong to the export, or is missing in ${sumsFile}`
}
