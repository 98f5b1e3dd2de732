import { hints, type NamedBytes } from '@writ/documents'
import { faultOf } from '@writ/domain'
import type { WireFinding } from '@writ/contract'
import { issueTexts } from '../output/fault-text.ts'
import type { Judged } from './judge.ts'
import { placeFindings } from './place.ts'
import type { FilesRead } from './read-files.ts'
import type { InputError, Report } from './report.ts'
import { waiverRequests, type Grant } from './waiver-requests.ts'
import { ignoredWords } from './words.ts'

type Given = {
  readonly environment?: string | undefined
  readonly data?: readonly string[] | undefined
  readonly defaulted: string | null
  readonly input: NamedBytes | null
  readonly grant: Grant
}

/** What there is to say of what was read and judged. */
export function reportOf(
  read: FilesRead,
  judged: readonly Judged[],
  { environment, data = [], defaulted, input, grant }: Given,
): Report {
  const answers = judged.map(({ answer }) => answer)
  const findings = answers.flatMap((answer) => answer.findings)
  const denied = answers.some(({ decision }) => !decision)
  const errors = errorsOf(read, judged)
  const files = placeFindings(read.judged, findings, input)
  const rules = [...new Set(answers.flatMap((answer) => answer.rules.map(({ rule }) => rule)))]
  const ungoverned = answers.reduce((sum, answer) => sum + answer.ungoverned.length, 0)
  return {
    allowed: !denied && errors.length === 0,
    denied,
    environment: environment ?? null,
    defaulted,
    files,
    ...waiverRequests(files, { comments: read.comments, rules, grant }),
    general: generalOf(findings),
    known: new Set(),
    gone: 0,
    vacuous: [...new Set(answers.flatMap(({ vacuous }) => vacuous ?? []))],
    skipped: read.skipped,
    errors,
    counts: { ...read.counts, ungoverned },
    decisions: judged.flatMap(({ address }) => address ?? []),
    rules: new Map(judged.flatMap((one) => one.rules.map((rule) => [rule.id, rule]))),
    revision: answers[0]?.bundle.revision ?? null,
    settings:
      answers[0] === undefined || data.length === 0
        ? null
        : { files: data, digest: answers[0].data_digest },
  }
}

/** What is left to report when the policies or the service could not be asked. */
export function failed(read: FilesRead, thrown: unknown, grant: Grant): Report {
  const fault = faultOf(thrown)
  const messages = [fault.message, ...issueTexts(fault)]
  const errors = messages.map((message) => ({ file: null, line: null, message }))
  return {
    ...reportOf(read, [], { defaulted: null, input: null, grant }),
    errors: [...read.errors, ...errors],
  }
}

/** Each part of a change set says what is wrong with the whole: once is enough. */
function generalOf(findings: readonly WireFinding[]): readonly WireFinding[] {
  const general = findings.filter(({ location }) => location === null)
  return [...new Map(general.map((finding) => [JSON.stringify(finding), finding])).values()]
}

/** A change that touches nothing that is judged may go ahead, as a plan without a change may; a check that finds nothing at all may not. */
function errorsOf(read: FilesRead, judged: readonly Judged[]): readonly InputError[] {
  const { errors, counts, skipped } = read
  const isNoChange = counts.untouched > 0 || skipped.some(({ hint }) => hint === hints.unchanged)
  const isEmpty = judged.length === 0 && errors.length === 0 && !isNoChange
  return isEmpty ? [{ file: null, line: null, message: nothingText(counts) }] : errors
}

const kinds = 'Kubernetes manifest, GitHub workflow, Dockerfile, OpenAPI document or Terraform plan'

function nothingText(counts: FilesRead['counts']): string {
  const left = counts.ignored === 0 ? '' : ` (${ignoredWords(counts)})`
  return `there is no ${kinds} in what was given${left}: nothing was judged, so nothing is allowed`
}
