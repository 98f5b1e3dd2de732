import { kinds, operations, type DecisionRequest, type Issue, type Json } from '@writ/domain'
import * as z from './zod.ts'
import { issuesOf } from './issues.ts'
import { once } from './once.ts'
import { json, openObject, text } from './shapes.ts'

const entity = z.strictObject({ type: text, id: text, properties: z.withDefault(openObject, {}) })

const envelope = z.strictObject({
  kind: z.enum(kinds),
  subject: entity,
  action: z.strictObject({ name: text, properties: z.withDefault(openObject, {}) }),
  resource: entity,
  context: z.withDefault(openObject, {}),
})

/** The most documents that one request may carry; a client splits a larger change set. */
export const maxDocuments = 1000

/** Most requests carry no documents. */
const configContext = once(() => {
  const document = z.strictObject({
    type: text,
    id: text,
    path: z.withDefault(z.string().check(z.maxLength(4096)), ''),
    index: z.withDefault(z.int().check(z.gte(0)), 0),
    operation: z.withDefault(z.enum(operations), 'update'),
    content: z.withDefault(json(), null),
  })
  const documents = z.withDefault(z.array(document).check(z.maxLength(maxDocuments)), [])
  return z.catchall(z.object({ documents }), json())
})

/** What a caller sent: the request, unless the envelope is wrong; always every mistake that the envelope shows. */
export type Submitted = {
  readonly value: Json
  readonly request: DecisionRequest | null
  readonly issues: readonly Issue[]
}

/** Reads a decision request out of parsed JSON. It never throws: what is wrong is listed, all of it. */
export function readDecisionRequest(value: Json): Submitted {
  const parsed = envelope.safeParse(value)
  if (!parsed.success)
    return { value, request: null, issues: [...issuesOf(parsed.error), ...documentIssues(value)] }
  const { context, ...rest } = parsed.data
  if (rest.kind !== 'config')
    return { value, request: { ...rest, context, documents: [] }, issues: [] }
  const config = configContext().safeParse(context)
  if (!config.success) return { value, request: null, issues: issuesOf(config.error, '/context') }
  const { documents, ...facts } = config.data
  return { value, request: { ...rest, context: facts, documents }, issues: [] }
}

/** An envelope that is wrong elsewhere may hold wrong documents too: both are named at once. */
function documentIssues(value: Json): readonly Issue[] {
  const config = z.looseObject({ kind: z.literal('config'), context: openObject }).safeParse(value)
  if (!config.success) return []
  const parsed = configContext().safeParse(config.data.context)
  return parsed.success ? [] : issuesOf(parsed.error, '/context')
}
