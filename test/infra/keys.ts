import { expect, test } from 'vitest'
import { record, type Resource } from './mocks.ts'
import { statementsOf, synthesized } from './synthesized.ts'

/** Who may use which key, and for what. */
export function testKeys(resources: () => readonly Resource[]): void {
  const of = (type: string): readonly Resource[] => resources().filter((each) => each.type === type)

  test('the key of the tables is used through DynamoDB, and through Lambda to read what a function starts with', () => {
    const withKey = statementsOf(resources()).filter(({ actions }) =>
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
    const signing = statementsOf(resources()).filter(({ actions }) => actions.includes('kms:Sign'))
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

/** What each function is told, by its name. */
export const environmentsOf = (
  resources: readonly Resource[],
): readonly (readonly [string, ReturnType<typeof record>])[] =>
  resources
    .filter(({ type }) => type === 'aws:lambda/function:Function')
    .map(({ name, inputs }) => [name, record(record(inputs['environment'])['variables'])] as const)

/** Which keys of the receipts functions are told of. */
export function testReceiptKeys(): void {
  test('while the key of the receipts turns, who seals is told of both, and at no other time of either', () => {
    const receiptKeysOf = (keys: string) => {
      const more = { WRIT_RECEIPT_KEYS: keys, SST_SECRET_ReceiptKey2: '3'.repeat(64) }
      const told = environmentsOf(synthesized('dev', more).resources)
      return told.flatMap(([name, each]) => {
        const { WRIT_RECEIPT_KEY: key, WRIT_RECEIPT_NEXT_KEY: next } = each
        return key === undefined ? [] : [[name, key, ...(next === undefined ? [] : [next])]]
      })
    }
    const [first, second] = ['[secret ReceiptKey]', '[secret ReceiptKey2]']
    const doors = ['AdminFunction', 'DecideFunction', 'ReadFunction']
    expect(receiptKeysOf('1,2')).toEqual([
      ...doors.map((name) => [name, first]),
      ['SealFunction', first, second],
    ])
    expect(receiptKeysOf('2')).toEqual(doors.map((name) => [name, second]))
  })
}
