import { createClient } from '@writ/client'
import type { WireAnswer, WireRecord } from '@writ/contract'
import { isList, valueAt, type Json } from '@writ/domain'
import type { ServiceOptions } from '../command-line.ts'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { findingText, outcomeText } from '../output/answer-text.ts'
import { createPaint, type Paint } from '../output/paint.ts'
import { plainLine } from '../output/plain.ts'
import { table } from '../output/table.ts'

export type ExplainOptions = ServiceOptions & {
  readonly format: 'text' | 'json'
  readonly color: boolean
}

/** Prints one recorded decision in full. That it was a denial is what was asked for, not a failure. */
export async function explain(
  named: string,
  { tenant, timeout, format, color, ...options }: ExplainOptions,
  desk: Desk,
): Promise<number> {
  const { server, id } = addressed(named) ?? { server: options.server, id: named }
  const who = tenant === undefined ? {} : { tenant }
  const client = createClient({ server, timeoutMilliseconds: timeout * 1000, ...who })
  const answer = await client.readDecision(id)
  const record = await client.readRecord(id)
  const address = client.decisionAddress(id)
  if (format === 'json') {
    const { caller, request } = asObject(record.content)
    desk.out(`${JSON.stringify({ answer, caller, request, address }, null, 2)}\n`)
  } else {
    desk.out(explanation({ answer, record, address }, createPaint(desk, color)))
  }
  return exitCodes.allowed
}

/** An address says both which service and which decision. */
function addressed(named: string): { readonly server: string; readonly id: string } | null {
  const [, server, id] = /^(https?:\/\/.+?)(?:\/v1)?\/decisions\/([^/?#]+)/.exec(named) ?? []
  return server === undefined || id === undefined ? null : { server, id: decodeURIComponent(id) }
}

type Explained = {
  readonly answer: WireAnswer
  readonly record: WireRecord
  readonly address: string
}

function explanation({ answer, record, address }: Explained, paint: Paint): string {
  const { findings, rules } = answer
  const sections = [
    outcomeText(answer, paint),
    facts(answer, record.content),
    ...(findings.length === 0
      ? []
      : [
          paint('bold', 'What was found, and what to do next'),
          ...findings.map((finding) => findingText(finding, null, paint)),
        ]),
    paint('bold', 'What each rule said'),
    table(
      ['rule', 'verdict', 'level', 'effect'],
      rules.map(({ rule, verdict, level, effect }) => [rule, verdict, level, effect]),
    ),
    `Recorded: ${address}\n${sealText(record)}`,
  ]
  return `${sections.join('\n\n')}\n`
}

function sealText({ seal }: WireRecord): string {
  return seal.status === 'pending'
    ? 'Not sealed yet: its place in the log comes within minutes.'
    : `Sealed: entry ${seal.index} of a log of ${seal.size}.`
}

function facts({ id, decided_at: at, bundle, data_digest: data }: WireAnswer, body: Json): string {
  const text = (pointer: string): string | null => {
    const value = valueAt(body, pointer)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null
  }
  const documents = valueAt(body, '/request/context/documents') ?? null
  const rows: readonly (readonly [string, string | null])[] = [
    ['decision', `${id} (${text('/request/kind') ?? 'unknown kind'})`],
    ['at', at],
    ['asked by', text('/caller/principal')],
    ['subject', joined(text('/request/subject/type'), text('/request/subject/id'))],
    ['action', text('/request/action/name')],
    ['resource', joined(text('/request/resource/type'), text('/request/resource/id'))],
    ['environment', text('/request/context/environment') ?? 'none named: the strictest levels'],
    ['documents', documents !== null && isList(documents) ? String(documents.length) : null],
    ['policies', `${bundle.revision} (${bundle.digest})`],
    ['data', data],
  ]
  return rows
    .flatMap(([name, value]) => (value === null ? [] : `  ${name.padEnd(12)} ${plainLine(value)}`))
    .join('\n')
}

function joined(type: string | null, id: string | null): string | null {
  return type === null || id === null ? null : `${type} ${id}`
}

function asObject(value: Json): { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {}
}
