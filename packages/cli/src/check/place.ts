import type { WireFinding } from '@writ/contract'
import { createLocator, type NamedBytes, type Places } from '@writ/documents'
import { readBytes } from './read-bytes.ts'
import type { JudgedFile } from './read-files.ts'
import type { FileReport, PlacedFinding } from './report.ts'

/** Findings under their files, each with its line. A file is read a second time only where something was found in it. */
export function placeFindings(
  judged: readonly JudgedFile[],
  findings: readonly WireFinding[],
  input: NamedBytes | null,
): readonly FileReport[] {
  const byFile = Map.groupBy(findings, ({ location }) => location?.path ?? '')
  return judged.map(({ file, format, found, places }) => {
    const here = byFile.get(file) ?? []
    if (here.length === 0) return { file, format, findings: [] }
    const bytes = found === null ? input?.bytes : bytesOf(found)
    const lineOf = bytes === undefined ? () => 1 : lineFinder({ path: file, bytes }, places)
    const placed = here.map((finding) => ({ ...finding, line: lineOf(finding) }))
    return { file, format, findings: placed.toSorted(byWeight) }
  })
}

/** Many rules complain of the same place: it is looked for once. */
function lineFinder(file: NamedBytes, places: Places): (finding: WireFinding) => number {
  const locate = createLocator(file, places)
  const lines = new Map<string, number>()
  return ({ location }) => {
    const { index = 0, pointer = null } = location ?? {}
    const place = `${index} ${pointer ?? ''}`
    const line = lines.get(place) ?? locate(index, pointer).line
    lines.set(place, line)
    return line
  }
}

/** A pipe cannot be read twice, and a file may have gone since. */
function bytesOf(found: NonNullable<JudgedFile['found']>): Uint8Array | undefined {
  try {
    return found.size === 0 ? undefined : readBytes(found.file, found.size, found.size)
  } catch {
    return undefined
  }
}

const order = ['blocked', 'waived', 'advised', 'observed', 'none']

/** What blocks first, then from top to bottom. */
function byWeight(left: PlacedFinding, right: PlacedFinding): number {
  const weight = order.indexOf(left.effect) - order.indexOf(right.effect)
  return weight === 0 ? left.line - right.line : weight
}
