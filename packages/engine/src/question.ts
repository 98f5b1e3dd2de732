import { inputOf, type DecisionRequest, type Instant } from '@writ/domain'
import { encodeInput, type JsonInput } from '@writ/rego'

/** What modules are asked about: a request, or some of its documents. */
export type Question = {
  readonly request: DecisionRequest
  readonly now: Instant
  /** The Rego input, which is the same one each time: so it is written once, and parsed once by each module. */
  readonly input: () => JsonInput
}

export function questionOf(request: DecisionRequest, now: Instant): Question {
  let input: JsonInput | null = null
  return { request, now, input: () => (input ??= encodeInput(inputOf(request, now))) }
}
