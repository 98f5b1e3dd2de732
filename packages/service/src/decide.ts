import { answerOf, type Submitted } from '@writ/contract'
import { Fault, type DecisionRequest } from '@writ/domain'
import { keyedId, timedId } from '@writ/ledger'
import { maskedRequest, mistakesOf, rule, withoutUnread } from './evaluate.ts'
import type { Bundle, Caller, Engine, Waivers } from './ports.ts'
import { answered, type Answered, type SignReceipt } from './receipts.ts'
import { requestDigestOf, standing } from './record.ts'
import { inTurn, keepDecision, type KeepParts } from './spool.ts'

export type DecideParts = KeepParts & {
  readonly engine: Engine
  readonly waivers: Pick<Waivers, 'find'>
  readonly signReceipt: SignReceipt
}

/**
 * Decides, records, answers, in that order: an answer is returned only when its record is durable.
 * With a key, the id and the answer are those of the first attempt for ever, also after the bundle changed.
 */
export type Decide = (
  caller: Caller,
  submitted: Submitted,
  idempotencyKey: string | null,
) => Promise<Answered>

export function createDecide(parts: DecideParts): Decide {
  const decide = createAttempt(parts)
  const turns = inTurn()
  // Between the store and the spool nothing else tells two attempts under one key apart.
  return (caller, submitted, key) =>
    key === null || (parts.spool ?? null) === null
      ? decide(caller, submitted, key)
      : turns(keyedId('dec', { ...caller, key }), () => decide(caller, submitted, key))
}

function createAttempt(parts: DecideParts): Decide {
  return async (caller, submitted, key) => {
    const earlier = await earlierAnswer(parts, caller, { submitted, key })
    if (earlier !== null) return earlier
    const bundle = parts.engine.active()
    const request = acceptable(bundle, submitted)
    const decidedAt = parts.now()
    const masked = maskedRequest(request)
    const asked = {
      tenant: caller.tenant,
      request: withoutUnread(bundle, masked),
      now: decidedAt.toISOString(),
    }
    const ruling = await rule(bundle, parts.waivers, asked)
    const id = idOf(parts, { caller, key, at: decidedAt })
    const answer = answerOf(id, asked.request, ruling)
    const requestDigest = requestDigestOf(masked)
    const masks = bundle.masks(request.kind)
    const made = { caller, request: asked.request, requestDigest, ruling, answer, masks }
    const entry = await keepDecision(parts, made, key !== null)
    return answered(parts.signReceipt, standing(entry, requestDigest))
  }
}

/** A keyed request is looked up before anything can refuse it: an entry that stands answers, whatever holds today. */
async function earlierAnswer(
  parts: DecideParts,
  { tenant, principal }: Caller,
  { submitted, key }: { readonly submitted: Submitted; readonly key: string | null },
): Promise<Answered | null> {
  if (key === null || submitted.request === null) return null
  const entry = await parts.records.get(tenant, keyedId('dec', { tenant, principal, key }))
  if (entry === null) return null
  return answered(
    parts.signReceipt,
    standing(entry, requestDigestOf(maskedRequest(submitted.request))),
  )
}

function acceptable(bundle: Bundle, submitted: Submitted): DecisionRequest {
  const issues = mistakesOf(bundle, submitted)
  if (submitted.request !== null && issues.length === 0) return submitted.request
  throw new Fault(
    'request-invalid',
    'Nothing was decided: the request has mistakes, all listed in issues',
    {
      facts: { issues: [...issues] },
    },
  )
}

function idOf(
  { random }: DecideParts,
  { caller, key, at }: { readonly caller: Caller; readonly key: string | null; readonly at: Date },
): string {
  const { tenant, principal } = caller
  if (key !== null) return keyedId('dec', { tenant, principal, key })
  return timedId('dec', at.getTime(), random(10))
}
