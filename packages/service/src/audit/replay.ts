import {
  answerOf,
  readAnswer,
  readDecisionBody,
  readRecordedRequest,
  readWaiverBody,
  type DecisionBody,
  type WireAnswer,
} from '@writ/contract'
import { faultOf, type Waiver } from '@writ/domain'
import { isErased, type Entry } from '@writ/ledger'
import { rule } from '../evaluate.ts'
import type { Bundle } from '../ports.ts'

/** Finds the bundle that decided once, with the data that it had then; null where it is not kept. Throws on one that is another. */
export type FindBundle = (digest: string, dataDigest: string) => Promise<Bundle | null>

/** What came of deciding a recorded request again, by the same bundle and data, under the waivers of then. */
export type Replayed =
  /** To the byte. */
  | { readonly status: 'same' }
  /** Both are texts of answers. */
  | { readonly status: 'differs'; readonly recorded: string; readonly replayed: string }
  | { readonly status: 'unknown'; readonly reason: string }

export type ReplayParts = {
  readonly findBundle: FindBundle
  /** Every waiver that was ever granted, as it stood in the end. */
  readonly waivers: readonly Waiver[]
  /** The ids of waivers that were granted, and of which nothing else is known here. */
  readonly missing: ReadonlySet<string>
}

/** Decides the request of a recorded decision anew, as of the instant at which it was decided. */
export async function replay(
  { findBundle, waivers, missing }: ReplayParts,
  entry: Entry,
): Promise<Replayed> {
  if (isErased(entry)) return { status: 'unknown', reason: 'it was erased' }
  const body = readDecisionBody(entry.body.content)
  const answer = readAnswer(body.answer)
  const lacks = answer.findings.find(({ waiver }) => waiver !== null && missing.has(waiver))
  if (lacks !== undefined)
    return { status: 'unknown', reason: `the waiver ${lacks.waiver} that it names is not here` }
  if (body.masked.length > 0)
    return {
      status: 'unknown',
      reason: `of its request the policies keep out of the records: ${body.masked.map((pointer) => pointer || 'all').join(', ')}`,
    }
  try {
    const bundle = await findBundle(answer.bundle.digest, answer.data_digest)
    if (bundle === null)
      return {
        status: 'unknown',
        reason: `the bundle ${answer.bundle.digest} with the data ${answer.data_digest} is not kept here`,
      }
    const replayed = await answeredAgain(bundle, { entry, body, answer }, waivers)
    return replayed === body.answer
      ? { status: 'same' }
      : { status: 'differs', recorded: body.answer, replayed }
  } catch (thrown) {
    return { status: 'unknown', reason: faultOf(thrown).message }
  }
}

type Decided = {
  readonly entry: Entry
  readonly body: DecisionBody
  readonly answer: WireAnswer
}

async function answeredAgain(
  bundle: Bundle,
  { entry, body, answer }: Decided,
  waivers: readonly Waiver[],
): Promise<string> {
  const request = readRecordedRequest(body.request)
  const asked = { tenant: entry.tenant, request, now: answer.decided_at }
  // The digest names what decided; its revision is only what people called it.
  const named = { ...bundle, name: answer.bundle }
  const ruling = await rule(named, { find: async () => waivers }, asked)
  const again = answerOf(answer.id, request, ruling)
  // Where it was kept first says nothing of how it was decided.
  return JSON.stringify(
    answer.durable === undefined ? again : { ...again, durable: answer.durable },
  )
}

/** The waivers that these entries grant and revoke, each as it stood in the end. */
export function waiversOf(entries: readonly Entry[]): readonly Waiver[] {
  const found = new Map<string, Waiver>()
  for (const { tenant, type, body } of entries) {
    if (type !== 'waiver') continue
    const { waiver, event } = readWaiverBody(body.content)
    const name = `${tenant}\n${waiver.id}`
    // They are in the log in any order: what was revoked stays so.
    if (event === 'revoked' || !found.has(name)) found.set(name, { ...waiver, tenant })
  }
  return [...found.values()]
}
