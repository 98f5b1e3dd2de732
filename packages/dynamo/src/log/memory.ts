import { readCheckpoint, writeCheckpoint } from '@writ/ledger'
import type { SignerMemory } from '@writ/service'
import type { Connection } from '../connection.ts'
import { number, text, textIn, texts } from '../item.ts'

const key = texts({ key: 'last' })

/** What a signer of functions remembers, in a table that is never brought back with the others. */
export function createMemory({ session }: Connection): SignerMemory {
  return {
    last: async () => {
      const item = await session().get('signed', key)
      return item === null ? null : readCheckpoint(textIn(item, 'checkpoint'))
    },
    keep: async (checkpoint) => {
      await session().put('signed', {
        Item: {
          ...key,
          size: number(checkpoint.size),
          checkpoint: text(writeCheckpoint(checkpoint)),
        },
        ConditionExpression: 'attribute_not_exists(#size) OR #size <= :size',
        ExpressionAttributeNames: { '#size': 'size' },
        ExpressionAttributeValues: { ':size': number(checkpoint.size) },
      })
    },
  }
}
