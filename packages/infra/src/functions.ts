import { withKey } from './key.ts'
import type { FunctionName, Stage } from './stage.ts'

type Permission = sst.aws.FunctionPermissionArgs

export type Wish = {
  readonly name: FunctionName
  readonly timeoutSeconds: number
  readonly environment: Readonly<Record<string, $util.Input<string>>>
  /** Under it lies the environment: whoever may look at functions may not look at the secrets in it. */
  readonly key: aws.kms.Key
  /** What its code calls, and nothing else. Its own logs are added. */
  readonly permissions: readonly Permission[]
  /** What has to stand before its code is what is called. */
  readonly dependsOn?: readonly $util.Resource[]
}

/** Name of the resource: `decide` is `Decide`. */
export const titled = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`

/**
 * The one place that makes functions: from the bundle that CI booted, on arm64, with a log group of its own that expires.
 * What SST would give it beside that is taken away here: a trust policy that lets the account's root take the role, a managed
 * policy over every log group of the account, and lines of START and REPORT that repeat what the records say.
 */
export function makeFunction(stage: Stage, wish: Wish): sst.aws.Function {
  const { name, timeoutSeconds, environment, key, permissions, dependsOn = [] } = wish
  const logs = new aws.cloudwatch.LogGroup(`${titled(name)}Logs`, {
    retentionInDays: stage.logDays,
  })
  const isKeptWarm = name === 'decide' && stage.warmDecide > 0
  return new sst.aws.Function(titled(name), {
    bundle: `dist/functions/${name}`,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memory: '512 MB',
    timeout: `${timeoutSeconds} seconds`,
    environment,
    versioning: isKeptWarm,
    concurrency: {
      reserved: stage.concurrency[name],
      ...(isKeptWarm ? { provisioned: stage.warmDecide } : {}),
    },
    permissions: [
      ...permissions,
      withKey(key, 'lambda', ['kms:Decrypt']),
      {
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [$interpolate`${logs.arn}:*`],
      },
    ],
    logging: { format: 'json', logGroup: logs.name },
    transform: {
      function: (args, opts) => {
        args.kmsKeyArn = key.arn
        logInto(args, logs)
        opts.dependsOn = [...dependsOn] // what a component waits for, its parts do not
        return undefined
      },
      role: trustLambdaOnly,
    },
  })
}

/** The whole object: replacing a part of it would drop the log group, and Lambda would make one that never expires. */
function logInto(args: aws.lambda.FunctionArgs, logs: aws.cloudwatch.LogGroup): void {
  args.loggingConfig = {
    logFormat: 'JSON',
    logGroup: logs.name,
    applicationLogLevel: 'INFO',
    systemLogLevel: 'WARN',
  }
}

function trustLambdaOnly(args: aws.iam.RoleArgs): undefined {
  args.assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: 'lambda.amazonaws.com' })
  args.managedPolicyArns = []
  return undefined
}
