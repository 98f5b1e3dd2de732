import type { Client } from '@writ/client'
import { readDecisionRequest, type WireAnswer, type WireEvaluation } from '@writ/contract'
import { Fault, type Document, type JsonObject, type Rule } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { policiesFolder, surroundingsOf } from '../policies.ts'

/** An answer to one request, and the address of its record where it was recorded. */
export type Judged = {
  readonly answer: Omit<WireAnswer, 'id'>
  readonly address: string | null
  /** What the policies say of their rules; a service keeps that on its pages. */
  readonly rules: readonly Rule[]
}

export type Judge = (request: JsonObject) => Promise<Judged>

type LocalPolicies = {
  readonly policies: string | undefined
  readonly data: readonly string[]
  readonly types: ReadonlySet<string>
  /** What did not change, for rules that compare documents. */
  readonly readBeside: () => readonly Document[]
}

/**
 * Asks the policies in a folder, on this machine: nothing is sent, and nothing is recorded. Only those are loaded that
 * read documents of these types.
 */
export async function localJudge(
  { policies, data, types, readBeside }: LocalPolicies,
  desk: Desk,
): Promise<Judge> {
  const [{ buildBundle }, { openBundle }, { evaluateChange, mistakesOf }] = await Promise.all([
    import('@writ/compiler'),
    import('./open-bundle.ts'),
    import('@writ/service'),
  ])
  const folder = policiesFolder(policies, desk)
  const built = await buildBundle({ policies: folder, ...surroundingsOf(desk) })
  const files =
    data.length === 0
      ? built
      : (await import('./settings.ts')).bundleWith(built, { policies: folder, data }, desk)
  const bundle = await openBundle(files, types, desk)
  const now = desk.now().toISOString()
  return async (value) => {
    const submitted = readDecisionRequest(value)
    const issues = mistakesOf(bundle, submitted)
    if (submitted.request === null || issues.length > 0)
      throw new Fault('request-invalid', 'Nothing was judged: the request has mistakes', {
        facts: { issues: [...issues] },
      })
    const answer: WireEvaluation = evaluateChange(bundle, {
      request: submitted.request,
      now,
      readBeside,
    })
    return { answer, address: null, rules: bundle.rules }
  }
}

/** Asks a service, which records each answer. The parts of a change set are one attempt, told apart by their keys. */
export function serviceJudge(client: Client, attempt: string): Judge {
  let part = 0
  return async (request) => {
    part += 1
    const { answer } = await client.decide(request, { idempotencyKey: `${attempt}.${part}` })
    const findings = answer.findings.map((finding) => ({
      ...finding,
      docs_url: client.pageAddress(finding.docs_url),
    }))
    return {
      answer: { ...answer, findings },
      address: client.decisionAddress(answer.id),
      rules: [],
    }
  }
}
