import { signatureCount, tilePath } from '@writ/ledger'
import type { LogStore } from '@writ/service'
import type { Connection, Session } from '../connection.ts'
import { number, text, textIn, texts } from '../item.ts'
import { fileKey, onlyKey, stageKey, stagesEnd, unfinishedKey } from '../keys.ts'
import { halted } from './halt.ts'
import { readHead, swapHead } from './head.ts'
import { markEntries, placeOf } from './mark.ts'
import { dropParts, keepParts, putParts, readParts } from './parts.ts'
import { pendingNames, unsealedOf } from './pending.ts'

export function createLogStore(connection: Connection): LogStore {
  const { session } = connection
  return {
    head: () => readHead(session()),
    swapHead: (next) => swapHead(session(), next),
    pending: (limit) => pendingNames(session(), limit),
    unsealed: (names) => unsealedOf(session(), names),
    putStage: (name, bytes) => putParts(session(), stageKey(name), bytes),
    stage: (name) => readParts(session(), stageKey(name)),
    dropStages: async (version) => {
      const { key, part } = stagesEnd(version)
      await dropParts(session(), key, part)
    },
    putFiles: async (files) => {
      for (const { path, bytes } of files)
        if (!(await keepParts(session(), fileKey(path), bytes)))
          throw halted(`${path} stands with other bytes`)
    },
    file: (path) => readParts(session(), fileKey(path)),
    dropPartials: async (full) => {
      for (const tile of full) await dropParts(session(), unfinishedKey(tilePath(tile)), afterAll)
    },
    checkpoint: () => readCheckpoint(session()),
    publish: (size, checkpoint) => publish(session(), size, checkpoint),
    place: (name) => placeOf(session(), name),
    mark: (placed) => markEntries(connection, placed),
  }
}

/** Sorts after every width of a tile. */
const afterAll = '~'

async function readCheckpoint(session: Session): Promise<string | null> {
  const item = await session.get('log', texts(onlyKey('checkpoint')))
  return item === null ? null : textIn(item, 'note')
}

async function publish(session: Session, size: number, note: string): Promise<void> {
  await session.put('log', {
    Item: {
      ...texts(onlyKey('checkpoint')),
      size: number(size),
      signatures: number(signatureCount(note)),
      note: text(note),
    },
    ConditionExpression:
      'attribute_not_exists(#size) OR #size < :size OR (#size = :size AND (attribute_not_exists(#signatures) OR #signatures < :signatures))',
    ExpressionAttributeNames: { '#size': 'size', '#signatures': 'signatures' },
    ExpressionAttributeValues: {
      ':size': number(size),
      ':signatures': number(signatureCount(note)),
    },
  })
}
