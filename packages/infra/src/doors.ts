import { routes } from './routes.ts'
import type { Stage } from './stage.ts'

type Functions = Readonly<Record<'decide' | 'read' | 'admin', sst.aws.Function>>

/** The HTTP API: callers sign with IAM (SigV4) on every route but the health check, and no other origin's page may call it. */
export function makeApi(stage: Stage): sst.aws.ApiGatewayV2 {
  return new sst.aws.ApiGatewayV2('Api', {
    cors: false,
    accessLog: { retention: stage.keepsRecords ? '1 year' : '1 week' },
    transform: {
      stage: (args) => {
        args.defaultRouteSettings = {
          throttlingRateLimit: stage.throttle.rate,
          throttlingBurstLimit: stage.throttle.burst,
          detailedMetricsEnabled: true,
        }
      },
    },
  })
}

/** `targetArn` is the published version where there is one; `arn` would never reach the environments that are kept warm. */
export function routeTo(api: sst.aws.ApiGatewayV2, functions: Functions): void {
  for (const [route, to] of routes)
    api.route(route, functions[to].targetArn, { auth: { iam: true } })
  api.route('GET /healthz', functions.read.targetArn, { auth: false })
}
