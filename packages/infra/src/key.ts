/** The key that encrypts: the tables and the alarms' topic. It turns once a year, and takes 30 days to be deleted. */
export function makeKey(): aws.kms.Key {
  const { accountId } = aws.getCallerIdentityOutput()
  return new aws.kms.Key('RecordsKey', {
    description: 'Writ: records, waivers and scorecards, and the topic of its alarms',
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        administered(),
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

/**
 * Signs checkpoints of the log, and never leaves KMS. Only the role of `seal` is given leave to sign. The first key has the
 * number 1, and each that follows one more.
 */
export function makeLogKey(number: number): aws.kms.Key {
  return new aws.kms.Key(number === 1 ? 'LogKey' : `LogKey${number}`, {
    description: `Writ: signs the checkpoints of the log, key ${number}`,
    customerMasterKeySpec: 'ECC_NIST_EDWARDS25519',
    keyUsage: 'SIGN_VERIFY',
    deletionWindowInDays: 30,
    policy: aws.iam.getPolicyDocumentOutput({ statements: [administered()] }).json,
  })
}

/** Without this statement nobody could ever change a key again. */
function administered() {
  const { accountId } = aws.getCallerIdentityOutput()
  const root = $interpolate`arn:aws:iam::${accountId}:root`
  return {
    sid: 'TheAccountAdministersIt',
    actions: ['kms:*'],
    resources: ['*'],
    principals: [{ type: 'AWS', identifiers: [root] }],
  }
}
