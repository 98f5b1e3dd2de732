import type { FunctionName } from './stage.ts'

/** Everything that alarms and the dashboard look at. */
export type Watched = {
  readonly functions: { readonly [name in FunctionName]: sst.aws.Function }
  readonly tables: Readonly<Record<string, sst.aws.Dynamo>>
  readonly api: sst.aws.ApiGatewayV2
  readonly dead: sst.aws.Queue
  readonly key: aws.kms.Key
}
