/** The key that encrypts: the tables and the alarms' topic. It turns once a year, and takes 30 days to be deleted. */
export function makeKey(): aws.kms.Key {
  const { accountId } = aws.getCallerIdentityOutput()
  return new aws.kms.Key('RecordsKey', {
    description: 'Writ: records, waivers and scorecards, and the topic of its alarms',
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        { ...theAccount(), actions: ['kms:*'] },
        {
          sid: 'AlarmsReachTheTopic', // CloudWatch cannot publish to a topic under the key that SNS brings
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: ['*'],
          principals: [{ type: 'Service', identifiers: ['cloudwatch.amazonaws.com'] }],
          conditions: [
            { test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] },
          ],
        },
      ],
    }).json,
  })
}

/** Whoever uses what lies under our key uses the key too, though only through the service that keeps it. */
export function withKey(
  key: aws.kms.Key,
  service: 'dynamodb' | 'lambda',
  actions: readonly string[],
): sst.aws.FunctionPermissionArgs {
  const { region } = aws.getRegionOutput()
  return {
    actions: [...actions],
    resources: [key.arn],
    conditions: [
      {
        test: 'StringEquals',
        variable: 'kms:ViaService',
        values: [$interpolate`${service}.${region}.amazonaws.com`],
      },
    ],
  }
}

/** A key of the log, and which of them it is: the first has the number 1, and each that follows one more. */
export type LogKey = { readonly number: number; readonly key: aws.kms.Key }

/** Signs checkpoints of the log, and never leaves KMS. */
export function makeLogKey(number: number): LogKey {
  const key = new aws.kms.Key(nameOf(number), {
    description: `Writ: signs the checkpoints of the log, key ${number}`,
    customerMasterKeySpec: 'ECC_NIST_EDWARDS25519',
    keyUsage: 'SIGN_VERIFY',
    deletionWindowInDays: 30,
  })
  return { number, key }
}

const nameOf = (number: number): string => (number === 1 ? 'LogKey' : `LogKey${number}`)

/**
 * Who signs with the key. The account administers it but for that: no policy elsewhere, however wide, gives leave to sign, and
 * who changes this one leaves a trace.
 */
export function onlySigns({ number, key }: LogKey, signer: sst.aws.Function): void {
  const role = { type: 'AWS', identifiers: [signer.nodes.role.arn] }
  new aws.kms.KeyPolicy(`${nameOf(number)}Policy`, {
    keyId: key.id,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        { ...theAccount(), notActions: ['kms:Sign', 'kms:CreateGrant'] },
        { sid: 'SealSigns', actions: ['kms:Sign'], resources: ['*'], principals: [role] },
      ],
    }).json,
  })
}

/** Without a statement for it nobody could ever change a key again. */
function theAccount() {
  const { accountId } = aws.getCallerIdentityOutput()
  const root = $interpolate`arn:aws:iam::${accountId}:root`
  return {
    sid: 'TheAccountAdministersIt',
    resources: ['*'],
    principals: [{ type: 'AWS', identifiers: [root] }],
  }
}
