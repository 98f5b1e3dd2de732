import { createEdge, type EdgeParts, type Handler } from './edge.ts'
import { readHttpEvent, requestOf } from './http-event.ts'
import { problemResult, resultOf, type HttpResult } from './http-result.ts'

type HttpParts = EdgeParts & {
  /** The app: it answers every request, also those that it refuses. */
  readonly fetch: (request: Request) => Response | Promise<Response>
}

/** A function behind an HTTP API. Whatever goes wrong is answered as a problem, in time. */
export function createHttpHandler({ fetch, ...parts }: HttpParts): Handler<HttpResult> {
  return createEdge({
    ...parts,
    serve: async (event, { awsRequestId }) => {
      const request = requestOf(readHttpEvent(event), awsRequestId)
      return resultOf(await fetch(request), request.headers.get('accept-encoding') ?? '')
    },
    onFault: (fault, { awsRequestId }) => problemResult(fault, awsRequestId),
    isFailure: ({ statusCode }) => statusCode >= 500,
  })
}
