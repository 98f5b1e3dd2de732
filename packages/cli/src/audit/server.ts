import { createClient, type Client } from '@writ/client'
import { once, type WireRecord } from '@writ/contract'
import { Fault, faultOf } from '@writ/domain'
import { digestOf, type Leaf } from '@writ/ledger'
import {
  facetsInLeaf,
  isInScope,
  noFacets,
  readRecordsFile,
  type ExportScope,
  type LedgerReader,
  type LoggedLeaf,
} from '@writ/service'
import { scopeFacts, type Source } from './source.ts'

/** How many records are asked for at once. */
const atOnce = 8

export type Asking = ExportScope & {
  readonly server: string
  readonly timeout: number
  readonly purpose: string | null
}

/** Reads a service: its whole log, and the records of the tenant that asks, of a time. It is told of that before the first. */
export function openServer({ server, timeout, purpose, ...scope }: Asking): Source {
  const { tenant, from, to } = scope
  const who = tenant === null ? {} : { tenant }
  const client = createClient({ server, timeoutMilliseconds: timeout * 1000, ...who })
  const announced = Object.entries({ purpose, from, to }).filter(([, value]) => value !== null)
  const announce = once(() => client.announceReading(Object.fromEntries(announced)))
  const isAsked = isInScope(scope)
  const isOwn = (leaf: Leaf): boolean => leaf.tenant === tenant && isAsked(leaf)
  return {
    name: server,
    reader: serverReader({ client, announce }, isOwn),
    expects: isOwn,
    policy: null,
    amissBeside: async () => null,
    facts: async () => scopeFacts(scope),
    keptBundle: (path) => client.readKeptBundle(path),
    prove: (id) => proved(client, id),
    close: async () => undefined,
  }
}

type Announced = {
  readonly client: Client
  /** Tells the service that many records will be read, once. */
  readonly announce: () => Promise<{ readonly id: string }>
}

function serverReader(
  { client, announce }: Announced,
  isOwn: (leaf: Leaf) => boolean,
): LedgerReader {
  return {
    file: (path) => client.readLogFile(path),
    records: async (leaves) => {
      const own = leaves.filter(({ leaf }) => isOwn(leaf))
      if (own.length === 0) return leaves.map(() => null)
      const { id: reading } = await announce()
      const lines: string[] = []
      for (let at = 0; at < own.length; at += atOnce) {
        const asked = own.slice(at, at + atOnce)
        lines.push(
          ...(await Promise.all(asked.map((logged) => lineOf({ client, reading }, logged)))),
        )
      }
      return readRecordsFile(new TextEncoder().encode(lines.join('')), leaves)
    },
  }
}

/** The record of a leaf as an export would hold it; nothing where the service has none. */
async function lineOf(
  { client, reading }: { readonly client: Client; readonly reading: string },
  logged: LoggedLeaf,
): Promise<string> {
  const { index, bytes, leaf } = logged
  const record = await client.readRecord(leaf.id, reading).catch((thrown: unknown) => {
    const { code } = faultOf(thrown)
    if (code === 'record-unknown' || code === 'record-erased') return code
    throw thrown
  })
  if (record === 'record-unknown') return ''
  if (record === 'record-erased') return erasedLine(logged)
  const { id, type, recorded_at, request_digest, facets, body } = record
  if (record.leaf !== new TextDecoder().decode(bytes))
    throw new Fault('log-malformed', `The service shows another leaf of ${id} than its log has`)
  const line = { index, tenant: leaf.tenant, id, type, recorded_at, request_digest, facets, body }
  return `${JSON.stringify(line)}\n`
}

/** A service shows nothing of what was erased: its leaf is all that is known. */
function erasedLine({ index, bytes, leaf: { tenant, id, type, at } }: LoggedLeaf): string {
  const body = { salt: '', text: '' }
  const line = {
    index,
    tenant,
    id,
    type,
    recorded_at: at,
    request_digest: digestOf(''),
    facets: { ...noFacets, ...facetsInLeaf(bytes) },
    body,
  }
  return `${JSON.stringify(line)}\n`
}

async function proved(
  client: Client,
  id: string,
): Promise<{ readonly record: WireRecord; readonly proof: string } | null> {
  const record = await client.readRecord(id).catch(nullIfUnknown)
  return record === null ? null : { record, proof: await client.readProof(id) }
}

function nullIfUnknown(thrown: unknown): null {
  if (thrown instanceof Fault && thrown.code === 'record-unknown') return null
  throw thrown
}
