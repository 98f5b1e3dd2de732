import { writeVerifierKey } from '@writ/ledger'
import { aLogSigner } from '@writ/testkit'
import { expect, test } from 'vitest'
import { publicKeyText } from '../aws/kms.ts'
import { environmentsOf } from './keys.ts'
import { statementsOf, synthesized } from './synthesized.ts'

const movedLog = writeVerifierKey(aLogSigner.key)
/** What is declared while the key of a log turns. */
export function testTurns(): void {
  test('while the key of the log turns, who seals may sign with both and is told of both; nobody else is', () => {
    const { resources } = synthesized('dev', { WRIT_LOG_KEYS: '1,2' })
    const keys = resources.filter(
      ({ type, name }) => type === 'aws:kms/key:Key' && name.startsWith('LogKey'),
    )
    expect(keys.map(({ name }) => name)).toEqual(['LogKey', 'LogKey2'])
    const signing = statementsOf(resources).filter(({ actions }) => actions.includes('kms:Sign'))
    expect(signing.map(({ on, resources: arns }) => [on, arns.length])).toEqual([['SealRole', 2]])
    const told = resources.filter(({ inputs }) =>
      JSON.stringify(inputs).includes('WRIT_LOG_NEXT_KEY'),
    )
    expect(told.map(({ name }) => name)).toEqual(['SealFunction'])
  })

  test('a log that was moved here keeps its name, and only who seals is given its first key, until that has turned', () => {
    const secret = '[secret MovedLogKey]'
    const turning = {
      WRIT_MOVED_LOG: movedLog,
      WRIT_LOG_KEYS: '0,1',
      SST_SECRET_MovedLogKey: 'PRIVATE+KEY',
    }
    const { resources } = synthesized('production', turning)
    const environments = environmentsOf(resources)
    const holders = environments.filter(([, each]) => JSON.stringify(each).includes(secret))
    expect(holders).toEqual([
      [
        'SealFunction',
        expect.objectContaining({
          WRIT_MOVED_LOG: movedLog,
          WRIT_LOG_KEY: secret,
          WRIT_LOG_NEXT_KEY: expect.stringContaining(':key/LogKey'),
        }),
      ],
    ])
    const shown = environments.filter(([name]) => !name.startsWith('Fold'))
    for (const [name, each] of shown)
      expect(each, name).toMatchObject({
        WRIT_LOG: aLogSigner.key.name,
        WRIT_LOG_PUBLIC_KEY: publicKeyText(aLogSigner),
      })
    const keys = resources.filter(({ type, name }) => type === 'aws:kms/key:Key' && name.startsWith('LogKey')) // prettier-ignore
    expect(keys.map(({ name }) => name)).toEqual(['LogKey'])

    const { resources: later } = synthesized('production', { WRIT_MOVED_LOG: movedLog })
    for (const [name, each] of environmentsOf(later).filter(([name]) => name.startsWith('Seal')))
      expect(each, name).toMatchObject({
        WRIT_LOG: aLogSigner.key.name,
        WRIT_LOG_KEY: expect.stringContaining(':key/LogKey'),
        WRIT_MOVED_LOG: movedLog,
      })
    expect(JSON.stringify(later)).not.toContain('MovedLogKey')
  })
}
