import { isList, type Fault, type Json } from '@writ/domain'
import { plain } from './plain.ts'

const shownIssues = 50

/** A Fault for people: what went wrong, then every mistake with its place. Of a cause nothing is shown. */
export function faultText(fault: Fault): string {
  const list = issueTexts(fault)
  const lines = list.slice(0, shownIssues).map((issue) => `  ${issue}`)
  const rest = list.length > shownIssues ? [`  … and ${list.length - shownIssues} more`] : []
  return plain([`writ: ${messageOf(fault)}`, ...lines, ...rest].join('\n')) + '\n'
}

/** Every mistake that a Fault names, in a line each. */
export function issueTexts({ facts: { issues } }: Fault): readonly string[] {
  return issues !== undefined && isList(issues) ? issues.map(issueText) : []
}

function messageOf({ code, message }: Fault): string {
  if (code !== 'internal') return message
  return `${message}. Set WRIT_DEBUG=1 to see where`
}

function issueText(issue: Json): string {
  const pointer = textOf(issue, 'pointer')
  const message = textOf(issue, 'message')
  return pointer === '' ? message : `${pointer}: ${message}`
}

function textOf(issue: Json, name: string): string {
  if (typeof issue !== 'object' || issue === null || isList(issue)) return ''
  const value = issue[name]
  return typeof value === 'string' ? value : ''
}
