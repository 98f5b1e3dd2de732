import { expect, test } from 'vitest'
import { record, type Resource } from './mocks.ts'
import { statementsOf } from './synthesized.ts'

/** Who may use which key, and for what. */
export function testKeys(synthesized: () => readonly Resource[]): void {
  const of = (type: string): readonly Resource[] =>
    synthesized().filter((each) => each.type === type)

  test('the key of the tables is used through DynamoDB, and through Lambda to read what a function starts with', () => {
    const withKey = statementsOf(synthesized()).filter(({ actions }) =>
      actions.some((name) => name.startsWith('kms:') && name !== 'kms:Sign'),
    )
    const through = (service: string, actions: readonly string[]) =>
      ['AdminRole', 'DecideRole', 'FoldRole', 'ReadRole', 'SealRole'].map((on) => ({
        on,
        actions,
        resources: [expect.stringMatching(/:key\/RecordsKey$/)],
        condition: {
          StringEquals: { 'kms:ViaService': [`${service}.eu-west-1.amazonaws.com`] },
        },
      }))
    expect(withKey).toHaveLength(10)
    expect(withKey).toEqual(
      expect.arrayContaining([
        ...through('lambda', ['kms:Decrypt']),
        ...through('dynamodb', ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']), // prettier-ignore
      ]),
    )
    for (const { name, inputs } of of('aws:lambda/function:Function'))
      expect(inputs['kmsKeyArn'], name).toMatch(/:key\/RecordsKey$/)
  })

  test('the key of the log signs for who seals, and no policy elsewhere can give leave to sign with it', () => {
    const signing = statementsOf(synthesized()).filter(({ actions }) =>
      actions.includes('kms:Sign'),
    )
    expect(signing).toEqual([{ on: 'SealRole', actions: ['kms:Sign'], resources: [expect.stringContaining('LogKey')], condition: undefined }]) // prettier-ignore
    const inputs = of('aws:kms/keyPolicy:KeyPolicy')[0]?.inputs ?? {}
    expect(inputs['keyId']).toBe('LogKey')
    expect(record(JSON.parse(String(inputs['policy'])))['Statement']).toEqual([
      {
        Sid: 'TheAccountAdministersIt',
        Effect: 'Allow',
        NotAction: ['kms:Sign', 'kms:CreateGrant'],
        Resource: ['*'],
        Principal: { AWS: ['arn:aws:iam::123456789012:root'] },
      },
      {
        Sid: 'SealSigns',
        Effect: 'Allow',
        Action: ['kms:Sign'],
        Resource: ['*'],
        Principal: { AWS: [expect.stringContaining('SealRole')] },
      },
    ])
  })
}
