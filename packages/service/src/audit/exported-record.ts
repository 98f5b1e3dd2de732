import { readExportedRecord, type ExportedRecord } from '@writ/contract'
import { Fault } from '@writ/domain'
import { entryTypes, fromBase64, isDigest, toBase64, type Entry } from '@writ/ledger'
import type { LoggedLeaf } from './ledger-reader.ts'

/** A record as an export holds it. */
export function exportedOf(index: number, entry: Entry): ExportedRecord {
  const { tenant, id, type, at, requestDigest, facets, body } = entry
  return {
    index,
    tenant,
    id,
    type,
    recorded_at: at,
    request_digest: requestDigest,
    facets: { ...facets, rules: [...facets.rules] },
    body: { salt: toBase64(body.salt), text: textOf(body.content) },
  }
}

/**
 * Reads the file of records that lies beside a bundle: for each of its leaves the record, or null. Throws the Fault
 * `log-malformed` on anything but such records in the order of the log.
 */
export function readRecordsFile(
  file: Uint8Array,
  leaves: readonly LoggedLeaf[],
): readonly (Entry | null)[] {
  const lines = textOf(file).split('\n')
  if (lines.pop() !== '') throw malformed('its last line is cut off')
  const found = lines.map(readExportedRecord)
  const places = new Map(found.map(({ index }, place) => [index, place]))
  const indexes = new Set(leaves.map(({ index }) => index))
  const isOrdered = found.every(({ index }, place) => index > (found[place - 1]?.index ?? -1))
  if (!isOrdered || !found.every(({ index }) => indexes.has(index)))
    throw malformed('its lines are not in the order of the log, or belong elsewhere')
  return leaves.map(({ index, bytes }) => {
    const exported = found[places.get(index) ?? -1]
    return exported === undefined ? null : entryOf(exported, bytes)
  })
}

function entryOf(exported: ExportedRecord, leaf: Uint8Array): Entry {
  const { tenant, id, recorded_at: at, request_digest: requestDigest, facets, body } = exported
  const type = entryTypes.find((one) => one === exported.type)
  const salt = fromBase64(body.salt)
  if (type === undefined || salt === null || !isDigest(requestDigest))
    throw malformed(`its record ${id} has a type, a salt or a digest that is none`)
  const content = new TextEncoder().encode(body.text)
  return { tenant, id, at, type, requestDigest, facets, leaf, body: { salt, content } }
}

function malformed(why: string): Fault {
  const what = 'file of records'
  return new Fault('log-malformed', `This is no ${what}: ${why}`, { facts: { what, why } })
}

/** Throws where bytes are not UTF-8: nothing of them would be lost unnoticed. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed('it is not UTF-8')
  }
}
