/** The one key: it encrypts the tables and the alarms' topic. It turns once a year, and takes 30 days to be deleted. */
export function makeKey(): aws.kms.Key {
  const { accountId } = aws.getCallerIdentityOutput()
  const root = $interpolate`arn:aws:iam::${accountId}:root`
  return new aws.kms.Key('RecordsKey', {
    description: 'Writ: records, waivers and scorecards, and the topic of its alarms',
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          sid: 'TheAccountAdministersIt', // without this statement nobody could ever change the key again
          actions: ['kms:*'],
          resources: ['*'],
          principals: [{ type: 'AWS', identifiers: [root] }],
        },
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
