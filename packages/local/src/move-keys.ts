import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { readCheckpoint, readNote, writeCheckpoint } from '@writ/ledger'
import { isInUse } from '@writ/sqlite'
import type { LogStore } from '@writ/service'
import { openBooks } from './books.ts'
import { backCommand, movedFolder } from './house-keys.ts'
import { existingFile, syncFolder } from './kept-file.ts'
import type { Options } from './options.ts'
import { openSpool } from './spool.ts'

type Asked = Pick<Options, 'data' | 'dynamodbEndpoint' | 'spool'>

/**
 * Takes the keys of a house that has ended out of its data folder, for its log to go on elsewhere: no house starts over the folder
 * any more. Throws the Fault `request-invalid`, and leaves all as it was, while one runs there, or while its log does not
 * have all that was recorded. Broken off, it is asked for again; a second time says the same.
 */
export async function moveKeys(options: Asked): Promise<readonly string[]> {
  const { data } = options
  const away = join(data, movedFolder)
  if (existsSync(join(away, 'log.key'))) return told(data)
  if (!existsSync(join(data, 'log.key')))
    throw new Fault(
      'request-invalid',
      `${data} is no data folder with keys: name one with --data, or start the house there first`,
    )
  mkdirSync(away, { recursive: true, mode: 0o700 }) // from here on no house starts
  try {
    await refuseUnfinished(options)
  } catch (thrown) {
    if (readdirSync(away).length === 0) rmdirSync(away)
    throw thrown
  }
  copyFileSync(join(data, 'log.signed'), join(away, 'log.signed'))
  for (const name of ['receipts.key', 'log.key'])
    if (existsSync(join(data, name))) renameSync(join(data, name), join(away, name))
  for (const folder of [away, data]) syncFolder(folder)
  return told(data)
}

function told(data: string): readonly string[] {
  const { origin, size } = readCheckpoint(textIn(join(data, movedFolder, 'log.signed')) ?? '')
  return [
    `The keys of ${origin} are in ${join(data, movedFolder)}, and no house starts over ${data} any more.`,
    `Its log ends here with ${size} entries: export them, and import them where it goes on, with these keys.`,
    `If it is to go on here after all, and nothing was signed elsewhere, put them back:  ${backCommand(data)}`,
  ]
}

async function refuseUnfinished(options: Asked): Promise<void> {
  const reason = refusedBefore(options) ?? (await openInLog(options))
  if (reason !== null) throw new Fault('request-invalid', `The keys stay: ${reason}`)
}

function refusedBefore({ data, dynamodbEndpoint }: Asked): string | null {
  const turning = ['log.next.key', 'receipts.next.key'].some((name) => existsSync(join(data, name)))
  if (turning)
    return `a key turns. Start the house, and end that first:  npm start -- keys retire --data ${data}`
  const store = join(data, 'writ.db')
  if (dynamodbEndpoint !== null) return null
  if (!existsSync(store))
    return `there is no ${store}. Where the records are in a DynamoDB, say so: --store dynamodb --dynamodb-endpoint URL`
  return isInUse(store) ? `somebody has ${store} open. End the house first` : null
}

/** What is not in the log yet; null where all is, and everybody was shown it. */
async function openInLog(options: Asked): Promise<string | null> {
  const { data, spool } = options
  const again = 'Start the house, let it run for a minute with nobody asking it, and end it'
  if (spool !== null && (await openSpool(spool).waiting(1)).length > 0)
    return `decisions wait in ${spool}. ${again}`
  const store = await openBooks(options)
  try {
    const signed = textIn(join(data, 'log.signed'))
    const isWhole = signed !== null && (await isSealed(store.log, signed))
    return isWhole ? null : `the log does not have all records yet. ${again}`
  } finally {
    await store.close()
  }
}

const looked = 256

async function isSealed(log: LogStore, signed: string): Promise<boolean> {
  const shown = await log.checkpoint()
  const waiting = await log.unsealed(await log.pending(looked))
  const { frontier, staged } = await log.head()
  const { size } = readCheckpoint(signed)
  return (
    waiting.length === 0 &&
    staged === null &&
    frontier.size === size &&
    shown !== null &&
    readNote(shown).text === writeCheckpoint(readCheckpoint(signed))
  )
}

function textIn(path: string): string | null {
  const bytes = existingFile(path)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}
