import { readCheckpoint, readNote, signatureCount } from '@writ/ledger'
import type { Connection, Session } from '../connection.ts'
import { numberIn, text, textIn, type Item } from '../item.ts'
import { pathOfFile, onlyKey, placesOfBlock } from '../keys.ts'
import { readHead } from '../log/head.ts'
import { everyItem } from '../scan.ts'
import { inWords } from './in-words.ts'

/** The paths of the files that stand in the log. */
export async function filePaths(connection: Connection): Promise<readonly string[]> {
  const found = new Set<string>()
  for await (const item of everyItem(connection, { table: 'log', attributes: ['key', 'part'] })) {
    const path = pathOfFile({ key: textIn(item, 'key'), part: textIn(item, 'part') })
    if (path !== null) found.add(path)
  }
  return [...found]
}

/**
 * Looks at every item of the log and of what its signer remembers, but for its files: nothing lies there that nobody put there,
 * what decides which checkpoint gives way says what its checkpoint says, and each place up to here is of the record that has it.
 */
export async function misfiledLog(connection: Connection, marked: number): Promise<string | null> {
  let held = 0
  for await (const item of everyItem(connection, { table: 'log' })) {
    const amiss =
      inWords('log', item, amissInItem) ??
      (await amissInPlaces(connection.session(), holdersIn(item), marked))
    if (amiss !== null) return amiss
    held += holdersIn(item).filter(({ index }) => index < marked).length
  }
  if (held !== marked) return `of ${marked} places ${held} have a record`
  return misfiledMemory(connection)
}

async function misfiledMemory(connection: Connection): Promise<string | null> {
  for await (const item of everyItem(connection, { table: 'signed' })) {
    const amiss = inWords('signed', item, (kept) =>
      textIn(kept, 'key') === 'last' &&
      sizeSigned(textIn(kept, 'checkpoint')) === numberIn(kept, 'size')
        ? null
        : 'what was signed last is kept under another size than it has',
    )
    if (amiss !== null) return amiss
  }
  return null
}

function amissInItem(item: Item): string | null {
  const [key, part] = [textIn(item, 'key'), textIn(item, 'part')]
  if (key === onlyKey('checkpoint').key) return amissInCheckpoint(item)
  const isOwn =
    key === onlyKey('head').key ||
    key === onlyKey('walk').key ||
    key === 'stages' ||
    isPlaces(item) ||
    pathOfFile({ key, part }) !== null
  return isOwn ? null : `the log has an item ${key} that Writ has not made`
}

function amissInCheckpoint(item: Item): string | null {
  const note = textIn(item, 'note')
  const isSo =
    numberIn(item, 'size') === sizeSigned(readNote(note).text) &&
    numberIn(item, 'signatures') === signatureCount(note)
  return isSo
    ? null
    : 'the checkpoint is filed under another size or count of signatures than it has'
}

function sizeSigned(text: string): number {
  return readCheckpoint(text).size
}

const placesOf = /^places#(\d+)$/

function isPlaces(item: Item): boolean {
  return placesOf.test(textIn(item, 'key'))
}

/** Which place has not the record that holds it, in words. */
async function amissInPlaces(
  session: Session,
  holders: readonly Holder[],
  marked: number,
): Promise<string | null> {
  if (holders.length === 0) return null
  const keys = [...new Set(holders.map(({ key }) => key))].map((key) => ({ key: text(key) }))
  const records = await session.getAll('records', keys)
  const places = new Map(records.map((one) => [textIn(one, 'key'), one['sealed']?.N]))
  const { size } = (await readHead(session)).frontier
  // What is being sealed has its place before its mark.
  const isSo = ({ index, key, isOfBlock }: Holder): boolean =>
    isOfBlock && (index < marked ? places.get(key) === String(index) : index < size)
  const wrong = holders.find((holder) => !isSo(holder))
  return wrong === undefined
    ? null
    : `the place ${wrong.index} of the log is held by ${wrong.key}, which does not have it`
}

type Holder = { readonly index: number; readonly key: string; readonly isOfBlock: boolean }

function holdersIn(item: Item): readonly Holder[] {
  const [, block] = placesOf.exec(textIn(item, 'key')) ?? []
  if (block === undefined) return []
  return Object.entries(item['holders']?.M ?? {}).map(([place, { S: key = '' }]) => ({
    index: Number(place),
    key,
    isOfBlock: Math.floor(Number(place) / placesOfBlock) === Number(block),
  }))
}
