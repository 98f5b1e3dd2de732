import { kinds, operations, type DecisionRequest, type JsonObject } from '@writ/domain'
import * as z from './zod.ts'
import { once } from './once.ts'
import { json, openObject } from './shapes.ts'

const entity = z.object({ type: z.string(), id: z.string(), properties: openObject })

const recordedRequest = once(() => {
  const document = z.object({
    type: z.string(),
    id: z.string(),
    path: z.string(),
    index: z.int(),
    operation: z.enum(operations),
    content: json(),
    digest: z.exactOptional(z.string()),
  })
  return z.object({
    kind: z.enum(kinds),
    subject: entity,
    action: z.object({ name: z.string(), properties: openObject }),
    resource: entity,
    context: openObject,
    documents: z.array(document),
  })
})

/** Reads a request out of the body that recorded it: the very one that was evaluated. Throws on what Writ did not write. */
export function readRecordedRequest(request: JsonObject): DecisionRequest {
  const { context, ...rest } = request
  const { documents = [], ...facts } = openObject.parse(context)
  const isConfig = rest['kind'] === 'config'
  return recordedRequest().parse({
    ...rest,
    context: isConfig ? facts : context,
    documents: isConfig ? documents : [],
  })
}
