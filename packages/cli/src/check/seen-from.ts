import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { WireFinding } from '@writ/contract'
import type { PlacedFinding, Report, WaiverRequest } from './report.ts'
import type { Base } from './walk.ts'

/** The report with its files named from the current folder, not from the root of the repository. */
export function seenFrom(report: Report, { cwd, top }: Base): Report {
  if (cwd === top) return report
  const named = <T extends { readonly file: string | null }>(one: T): T => ({
    ...one,
    file: one.file === null ? null : seenPath(one.file, { cwd, top }),
  })
  const known = new Set<WireFinding>(report.general.filter((one) => report.known.has(one)))
  const requests = new Map<WireFinding, WaiverRequest>()
  const seen = (finding: PlacedFinding): PlacedFinding => {
    const { location } = finding
    const path = location === null ? '' : seenPath(location.path, { cwd, top })
    const own = { ...finding, location: location === null ? null : { ...location, path } }
    const request = report.requests.get(finding)
    if (report.known.has(finding)) known.add(own)
    if (request !== undefined) requests.set(own, request)
    return own
  }
  const files = report.files.map((one) => ({ ...named(one), findings: one.findings.map(seen) }))
  return {
    ...report,
    files,
    known,
    requests,
    hints: report.hints.map(named),
    errors: report.errors.map(named),
    skipped: report.skipped.map(named),
  }
}

/** What lies outside the repository is named as it was given, and standard input is no file. */
function seenPath(path: string, { cwd, top }: Base): string {
  if (path === '' || path === '-' || path.startsWith('..') || isAbsolute(path)) return path
  return relative(cwd, resolve(top, path)).split(sep).join('/') || '.'
}
