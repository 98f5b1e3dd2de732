import type { WireFinding } from '@writ/contract'
import type { Report } from './report.ts'

/**
 * The report as `{allowed, files: [{file, format, findings}], errors, skipped}`. A finding about no file in particular lies
 * under the file null; what could not be judged is an error, with its file where it has one.
 */
export function jsonText({
  allowed,
  files,
  known,
  general,
  vacuous,
  errors,
  skipped,
  settings,
  requests,
  hints,
}: Report): string {
  const marksOf = (finding: WireFinding): object => ({
    ...(known.has(finding) ? { known: true } : {}),
    ...(requests.has(finding) ? { waiver_request: requests.get(finding) } : {}),
  })
  const whole = general.map((finding) => ({ ...findingOf(finding, null), ...marksOf(finding) }))
  const report = {
    allowed,
    files: [
      ...files.map(({ file, format, findings }) => ({
        file,
        format,
        findings: findings.map((finding) => ({
          ...findingOf(finding, finding.line),
          ...marksOf(finding),
        })),
      })),
      ...(whole.length === 0 ? [] : [{ file: null, format: null, findings: whole }]),
    ],
    errors: [...errors, ...vacuous.map((message) => ({ file: null, line: null, message }))],
    skipped,
    ...(hints.length === 0 ? {} : { hints }),
    ...(settings === null ? {} : { settings }),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function findingOf(finding: WireFinding, line: number | null): object {
  const { rule, title, severity, effect, message, remediation, location, resource, part } = finding
  const { waiver, waivable_by } = finding
  const pointer = location?.pointer ?? null
  return {
    rule,
    title,
    severity,
    effect,
    message,
    remediation,
    line,
    pointer,
    resource,
    part,
    waiver,
    waivable_by,
  }
}
