import middy from '@middy/core'
import { Fault, faultOf } from '@writ/domain'
import type { Context } from 'aws-lambda'
import { duringInvocation } from './invocation.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'

/** What every edge tells, and how it tells the time. */
export type EdgeParts = {
  readonly log: Log
  readonly metrics: Metrics
  /** Milliseconds that only ever grow. */
  readonly clock: () => number
}

export type Handler<Result> = (event: unknown, context: Context) => Promise<Result>

type Edge<Result> = EdgeParts & {
  readonly serve: Handler<Result>
  /** What is given back in place of a result; null where the fault is the function's error. */
  readonly onFault: ((fault: Fault, context: Context) => Result) | null
  /** True where the result is the function's own failure. */
  readonly isFailure: (result: Result) => boolean
}

/** So long before Lambda ends the function it answers by itself: enough to write an answer and a line of log. */
export const earlyMilliseconds = 500

/** The edge of a function: each invocation under its id, measured, answered in time, and every fault logged once. */
export function createEdge<Result>(edge: Edge<Result>): Handler<Result> {
  const handler = middy<unknown, Result>({
    timeoutEarlyInMillis: earlyMilliseconds,
    timeoutEarlyResponse: () => {
      throw new Fault('out-of-time', 'There was not enough time left to say what came of this')
    },
  })
    .use(measuring(edge))
    .onError((request) => {
      const fault = faultOf(request.error)
      edge.log('invocation', {}, fault)
      request.error = fault
      if (edge.onFault !== null) request.response = edge.onFault(fault, request.context)
    })
    .handler(edge.serve)
  return async (event, context) =>
    duringInvocation({ requestId: context.awsRequestId }, async () => handler(event, context))
}

type Measured<Result> = middy.MiddlewareObj<unknown, Result, Error, Context, { began: number }>

/** Counts invocations, failures and time. It is the outermost, so that it sees what leaves. */
function measuring<Result>({ metrics, clock, isFailure }: Edge<Result>): Measured<Result> {
  const measured: middy.MiddlewareFn<unknown, Result, Error, Context, { began: number }> = ({
    response,
    internal,
  }) => {
    const failed = response === undefined || response === null || isFailure(response)
    metrics.add('Requests', 1, 'Count')
    metrics.add('Failures', failed ? 1 : 0, 'Count')
    metrics.add('Duration', Math.round(clock() - internal.began), 'Milliseconds')
    metrics.flush()
  }
  return {
    before: ({ internal }) => {
      internal.began = clock()
    },
    after: measured,
    onError: measured,
  }
}
