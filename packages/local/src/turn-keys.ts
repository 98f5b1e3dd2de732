import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { writeVerifierKey } from '@writ/ledger'
import { neededBefore, type Signers } from '@writ/service'
import { openBooks } from './books.ts'
import { openKeys } from './house-keys.ts'
import { makeNext, takeNext } from './log-key.ts'
import type { Options } from './options.ts'
import { localTenant } from './tenants.ts'

type Random = (count: number) => Uint8Array
type Turning = { readonly file: string; readonly signers: Signers }

/** Makes the keys that follow, where there are none yet. The house sees them by itself, announces them, and signs with both. */
export async function rotateKeys(
  { data }: Pick<Options, 'data'>,
  random: Random,
): Promise<readonly string[]> {
  for (const { file, signers } of keysIn(data, random)) makeNext(file, random, signers.current)
  const lines = keysIn(data, random).map(({ signers: { next } }) =>
    next === null ? '' : `  ${writeVerifierKey(next.key)}`,
  )
  return [
    'These keys follow:',
    ...lines,
    'The house announces them in its log within half a minute, or once it is started, and signs with the old key and the new.',
    'Give the new ones to those who verify, and end it with  npm start -- keys retire',
  ]
}

/**
 * Puts the keys that follow in the place of those before them, which are gone then. Throws the Fault `request-invalid` while
 * somebody could not follow. Broken off, it is asked for again.
 */
export async function retireKeys(options: Options, random: Random): Promise<readonly string[]> {
  const turning = keysIn(options.data, random).filter(({ signers }) => signers.next !== null)
  if (turning.length === 0)
    throw new Fault(
      'request-invalid',
      `No key of ${options.data} turns. Begin with  npm start -- keys rotate`,
    )
  const store = await openBooks(options)
  try {
    for (const { signers } of turning) {
      const reason = await neededBefore(store.log, localTenant, signers)
      if (reason !== null)
        throw new Fault(
          'request-invalid',
          `The old keys stay: ${reason}. Let the house run, and try again`,
        )
    }
  } finally {
    await store.close()
  }
  for (const { file } of turning) takeNext(file)
  const keys = keysIn(options.data, random).map(({ signers }) => signers.current.key)
  return [
    'These keys sign now, and alone:',
    ...keys.map((key) => `  ${writeVerifierKey(key)}`),
    'Keep the old public ones: what they signed is verified by them for ever.',
  ]
}

function keysIn(data: string, random: Random): readonly Turning[] {
  if (!existsSync(join(data, 'log.key')))
    throw new Fault(
      'request-invalid',
      `${data} is no data folder with keys: name one with --data, or start the house there first`,
    )
  const keys = openKeys(data, random)
  return [
    { file: join(data, 'log'), signers: keys.log() },
    { file: join(data, 'receipts'), signers: keys.receipts() },
  ]
}
