import { readFileSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { Fault, isList, type Json } from '@writ/domain'
import type { WireFinding } from '@writ/contract'
import type { Desk } from '../desk.ts'
import { fingerprintsOf } from './identity.ts'
import type { Report } from './report.ts'
import { toldFindings } from './told.ts'

type Entry = { readonly fingerprint: string; readonly finding: WireFinding }

export type BaselineOptions = {
  readonly baseline?: string | undefined
  readonly writeBaseline?: string
}

/** How a message calls the place that the baseline is named in: `--baseline`, or `baseline in writ.yaml:2`. */
type Naming = { readonly nameOf: (key: 'baseline') => string }

/** The report, with the findings marked that were recorded before; written first where that was asked for. */
export function withBaseline(
  report: Report,
  options: BaselineOptions & Naming,
  desk: Desk,
): Report {
  const { baseline, writeBaseline, nameOf } = options
  if (writeBaseline !== undefined) {
    const entries = entriesOf(report)
    write(resolve(desk.cwd, writeBaseline), entries)
    return marked(report, entries, new Set(entries.map(({ fingerprint }) => fingerprint)))
  }
  if (baseline === undefined) return report
  const file = resolve(desk.cwd, baseline)
  const named: Named = { file: relative(desk.cwd, file), by: nameOf('baseline') }
  const before = knownIn(file, named)
  const entries = entriesOf(report)
  const there = new Set(entries.map(({ fingerprint }) => fingerprint))
  const read = new Set(report.files.map((one) => one.file))
  const gone = before.filter((one) => read.has(one.file ?? '') && !there.has(one.fingerprint))
  const fingerprints = new Set(before.map(({ fingerprint }) => fingerprint))
  return { ...marked(report, entries, fingerprints), gone: gone.length }
}

/** An entry of a baseline, as far as it is read. */
type Known = { readonly fingerprint: string; readonly file: string | null }

/** Only what a rule found can be known; what could not be judged is new each time. */
function entriesOf(report: Report): readonly Entry[] {
  const findings = toldFindings(report)
    .map(({ finding }) => finding)
    .filter(({ verdict, effect }) => verdict === 'fail' && effect !== 'waived')
  const fingerprints = fingerprintsOf(findings)
  return findings.map((finding, at) => ({ finding, fingerprint: fingerprints[at] ?? '' }))
}

/** What blocks and is known lets the change go on, where nothing else stands in its way. */
function marked(report: Report, entries: readonly Entry[], before: ReadonlySet<string>): Report {
  const known = new Set(
    entries.flatMap(({ fingerprint, finding }) => (before.has(fingerprint) ? [finding] : [])),
  )
  const blocking = toldFindings(report).filter(({ finding }) => finding.effect === 'blocked')
  const isExcused =
    blocking.length > 0 &&
    report.vacuous.length === 0 &&
    blocking.every(({ finding }) => known.has(finding))
  const denied = report.denied && !isExcused
  return { ...report, known, denied, allowed: !denied && report.errors.length === 0 }
}

function write(file: string, entries: readonly Entry[]): void {
  const findings = entries
    .map(({ fingerprint, finding: { rule, location, resource, part } }) => ({
      fingerprint,
      rule,
      file: location?.path ?? null,
      resource: `${resource.type} ${resource.id}`,
      part,
    }))
    .toSorted((left, right) => (left.fingerprint < right.fingerprint ? -1 : 1))
  try {
    writeFileSync(file, `${JSON.stringify({ version: 1, findings }, null, 2)}\n`)
  } catch (cause) {
    throw new Fault('request-invalid', `The baseline could not be written to ${file}`, { cause })
  }
}

type Named = { readonly file: string; readonly by: string }

function knownIn(file: string, named: Named): readonly Known[] {
  const content = contentOf(file, named)
  if (typeof content !== 'object' || content === null || isList(content)) throw broken(named)
  const { version, findings } = content
  if (version !== 1 || findings === undefined || !isList(findings)) throw broken(named)
  return findings.map((entry) => knownOf(entry, named))
}

function knownOf(entry: Json, named: Named): Known {
  if (typeof entry !== 'object' || entry === null || isList(entry)) throw broken(named)
  const { fingerprint, file } = entry
  if (typeof fingerprint !== 'string') throw broken(named)
  return { fingerprint, file: typeof file === 'string' ? file : null }
}

function contentOf(file: string, { file: shown, by }: Named): Json {
  try {
    const content: Json = JSON.parse(readFileSync(file, 'utf8'))
    return content
  } catch (cause) {
    const message = `${by}: ${shown} cannot be read: write it with --write-baseline ${shown}`
    throw new Fault('request-invalid', message, { cause })
  }
}

function broken({ file, by }: Named): Fault {
  return new Fault(
    'request-invalid',
    `${by}: ${file} is no baseline of version 1: write it anew with --write-baseline ${file}`,
  )
}
