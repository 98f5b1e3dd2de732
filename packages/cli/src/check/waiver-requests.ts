import type { WireFinding } from '@writ/contract'
import { nearTo } from '../policy/near.ts'
import type { FileReport, Hint, WaiverRequest } from './report.ts'
import type { WaiverComment } from './waiver-comments.ts'

/** What `writ waiver grant` has to be told beside the finding. */
export type Grant = {
  readonly repository: string
  readonly environment: string | undefined
  readonly requester: string
  readonly expires: string
  /** The service that judged; another one would grant it in vain. */
  readonly server: string | undefined
  readonly tenant: string | undefined
}

type Asked = {
  readonly comments: readonly WaiverComment[]
  /** Every rule that judged; empty where nothing was judged. */
  readonly rules: readonly string[]
  readonly grant: Grant
}

/** Which findings a comment asks to have waived, and which comments ask for nothing. No effect changes by it. */
export function waiverRequests(
  files: readonly FileReport[],
  { comments, rules, grant }: Asked,
): { readonly requests: ReadonlyMap<WireFinding, WaiverRequest>; readonly hints: readonly Hint[] } {
  const requests = new Map<WireFinding, WaiverRequest>()
  const hints: Hint[] = []
  const findings = new Map(files.map(({ file, findings: found }) => [file, found]))
  for (const comment of comments) {
    const { file, line, rule, reason, from, to } = comment
    const about = (findings.get(file) ?? []).filter(
      (one) => one.rule === rule && from <= one.line && one.line <= to,
    )
    const message = mistakeIn(comment, rules) ?? (about.length === 0 ? vain(comment) : null)
    if (message !== null) hints.push({ file, line, message })
    else
      for (const finding of about)
        requests.set(finding, {
          line,
          reason,
          command: isWaivable(finding) ? commandOf(finding, { reason, grant }) : null,
        })
  }
  return { requests, hints: rules.length === 0 ? [] : hints }
}

/** Only what blocks and is soft mandatory can be waived. */
function isWaivable({ effect, verdict, level }: WireFinding): boolean {
  return effect === 'blocked' && verdict === 'fail' && level === 'soft_mandatory'
}

function mistakeIn({ rule, reason }: WaiverComment, rules: readonly string[]): string | null {
  const form = 'write # writ:ignore RULE and the reason'
  if (rule === '') return `this comment names no rule: ${form}`
  if (!rules.includes(rule)) {
    const [near] = nearTo(rule, rules)
    return `this comment names no rule of these policies, ${rule}: ${near === undefined ? 'writ policy list names them' : `did you mean ${near}?`}`
  }
  return reason === '' ? `this comment gives no reason, so it asks for nothing: ${form}` : null
}

function vain({ rule, from, to }: WaiverComment): string {
  const where = from === to ? `line ${from}` : `lines ${from} to ${to}`
  return `this comment asks for a waiver of ${rule}, which finds nothing in ${where}: remove it, or put it above what is meant`
}

function commandOf(
  { rule, resource, part, location }: WireFinding,
  { reason, grant }: { readonly reason: string; readonly grant: Grant },
): string {
  const { repository, environment, requester, expires, server = null, tenant = null } = grant
  const flags: readonly (readonly [string, string | null])[] = [
    ['rule', rule],
    ['environment', environment ?? null],
    ['resource', `repository/${repository}`],
    ['document-type', location === null ? null : resource.type],
    ['document-id', location === null ? null : resource.id],
    ['document-path', location?.path ?? null],
    ['part', part],
    ['reason', reason],
    ['requested-by', requester],
    ['approved-by', 'APPROVER'],
    ['expires', expires],
    ['server', server],
    ['tenant', server === null ? null : tenant],
  ]
  const words = flags.flatMap(([flag, value]) =>
    value === null ? [] : [`--${flag} ${quoted(value)}`],
  )
  return `writ waiver grant ${words.join(' ')}`
}

/** As one word of a shell, whatever is in it. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}
