import { writeBody } from '@writ/contract'
import {
  canonicalText,
  digestOf,
  keyedId,
  readLeaf,
  readNote,
  sealable,
  verifyNote,
  writeAnnouncement,
  writeVerifierKey,
  type Signer,
  type Turning,
  type VerifierKey,
} from '@writ/ledger'
import { noFacets } from '../facets.ts'
import type { Records, Sources } from '../ports.ts'
import type { LogReader } from './log-store.ts'

/** A key that signs and, while it turns, the one that follows, of the same name. */
export type Signers = { readonly current: Signer; readonly next: Signer | null }

/** The turns of keys, as the records have them. */
export type Turns = {
  /**
   * Records that a key turns, signed by both keys, so that the log says it and whoever trusts the one may follow to the other.
   * Durable on return; a second time changes nothing.
   */
  readonly announce: (turning: Turning) => Promise<void>
  /** The key that has announced this one; null for the first of all. */
  readonly announcer: (key: VerifierKey) => Promise<VerifierKey | null>
}

type TurnParts = Sources & {
  readonly records: Pick<Records, 'append' | 'get'>
  /** Whose records they are. The log says it to all. */
  readonly tenant: string
}

export function createTurns({ records, tenant, now, random }: TurnParts): Turns {
  /** Those that stand: whoever seals asks again at every round. */
  const announced = new Set<string>()
  return {
    announcer: async (key) => {
      const entry = await records.get(tenant, announcementId(tenant, key))
      return entry === null ? null : (readLeaf(entry.leaf).announces?.from ?? null)
    },
    announce: async (turning) => {
      const id = announcementId(tenant, turning.to.key)
      if (announced.has(id)) return
      const announces = await writeAnnouncement(turning)
      const content = { announces }
      await records.append(
        sealable({
          tenant,
          id,
          at: now().toISOString(),
          type: 'key',
          requestDigest: digestOf(canonicalText(content)),
          facets: noFacets,
          statement: { announces },
          body: { salt: random(32), content: writeBody(content) },
        }),
      )
      announced.add(id)
    },
  }
}

/**
 * Why the key before the one that follows is still needed; null when it may go: the log has the announcement, and where it is
 * the log's own key, everybody was shown a checkpoint that both have signed.
 */
export async function neededBefore(
  log: LogReader,
  tenant: string,
  { current, next }: Signers,
): Promise<string | null> {
  if (next === null) return `${current.key.name} does not turn: no key follows it`
  const place = await log.place({ tenant, id: announcementId(tenant, next.key) })
  if (place === null)
    return `the log does not have the announcement of ${writeVerifierKey(next.key)} yet`
  const note = await log.checkpoint()
  const keys = [current.key, next.key]
  const shown = note === null ? null : readNote(note)
  const isOwn = shown?.text.startsWith(`${current.key.name}\n`) === true
  const verified = shown === null ? null : verifyNote(shown, keys)
  const count = verified?.status === 'signed' ? verified.by.length : 0
  return isOwn && count < keys.length
    ? 'the published checkpoint is not signed by both keys yet'
    : null
}

/** A key is announced once: the entry that does so is found by the key. */
export function announcementId(tenant: string, { name, ...key }: VerifierKey): string {
  return keyedId('key', { tenant, principal: name, key: writeVerifierKey({ name, ...key }) })
}
