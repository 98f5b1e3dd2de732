import { digestOf, type Entry } from '@writ/ledger'
import type { RecordFilter, RecordPlace, StageName, WaiverQuery } from '@writ/service'
import type { Waiver } from '@writ/domain'

/*
 * Every key of the six tables, and what is asked by it. `a#b` stands for parts that were escaped and joined.
 *
 * records     key tenant#id                                one entry; its service's mark to be folded lies in it
 *   newest       tenant#shard            by at#id            a tenant's entries, newest first
 *   service      tenant#service#shard    by at#id            those of a service; also those about it as a resource
 *   resource     tenant#resource#shard   by at#id            those about a resource that is not their service
 *   actor        tenant#actor#shard      by at#id            those of one who asked
 *   correlation  tenant#correlation      by at#id            those of a commit or a run
 *   findings     tenant#shard            by at#id            those in which some rule had an effect: one in ten, or fewer
 *   unfolded     shard                   by at#id            those that no scorecard has been told of
 *   unsealed     shard                   by at#id            those that have no place in the log
 * bodies      key commitment.salt-length, part             a body over the inline limit, in parts
 * waivers     key tenant#type#id#environment, rule#id      a waiver: those that could matter to a decision, in one consistent query
 *             key =tenant#id, -                            where the waiver of this id is
 *   granted      tenant                  by grantedAt#id     a tenant's waivers, newest first
 * scorecards  key tenant#entity                            an entity: its version, and the card that was folded last
 *   named        tenant                  by name             a tenant's cards, in order of name
 *   stale        -                       by since            entities whose card has been overtaken, longest waiting first
 * log         key head, checkpoint or walk, -             what its name says; the walk is through records, for what no index names
 *             key stages, version#attempt#part            a batch, in parts
 *             key file#path, #part                        a file of the log, in parts
 *             key file#path.p, width#part                 an unfinished one, beside the other unfinished forms of its tile
 *             key places#block, -                         which entry has each of 256 places
 * signed      key last                                     the checkpoint that was signed last
 *
 * Asked by            served by
 * records.append      put records (if none is there), bodies before it
 * records.erase       put, get and update records, query and delete bodies
 * records.get         get records, query bodies
 * records.list        query the index that narrows most, all its shards merged, then get what it names from records
 * waivers.put         put waivers, put records
 * waivers.get         get waivers, twice
 * waivers.find        query waivers, for each rule
 * waivers.list        query granted
 * scorecards.stale    query unfolded, get and update scorecards, update records; query stale
 * scorecards.save     update scorecards
 * scorecards.get      get scorecards
 * scorecards.list     query named
 * log.pending         query unsealed, scan a little of records
 * log.unsealed        get records
 * log.mark            get records, get and put places, update records
 * log, all others     get, query, put and delete log
 * memory              get and put signed
 *
 * An index only names what may be of interest: it lags, and may name what is gone. What counts is read from its table,
 * consistently. No request reads a table from end to end, but for those of an audit; sealing walks through the records, a few
 * at a time.
 */

export type RecordIndex =
  'newest' | 'service' | 'resource' | 'actor' | 'correlation' | 'findings' | 'unfolded' | 'unsealed'

/**
 * One partition takes 1,000 writes a second, and one that is full holds up its table. A number may grow: entries in
 * shards that are no longer written are still read, as long as it never shrinks.
 */
const shards: Readonly<Record<RecordIndex, number>> = {
  newest: 4,
  service: 4,
  resource: 4,
  actor: 4,
  correlation: 1,
  findings: 4,
  unfolded: 4,
  unsealed: 4,
}

/** One partition of an index, to be read in order. */
export type Partition = { readonly index: RecordIndex; readonly key: string }

export function recordKey(tenant: string, id: string): string {
  return joined([tenant, id])
}

/** Sorts entries by instant and then by id, as the port's lists do. */
export function placeKey({ at, id }: RecordPlace): string {
  return `${at}#${id}`
}

export function placeIn(key: string): RecordPlace {
  const cut = key.indexOf('#')
  return { at: key.slice(0, cut), id: key.slice(cut + 1) }
}

/** The indexes that an entry is in, and its partition in each. */
export function indexKeys({
  tenant,
  id,
  facets,
}: Pick<Entry, 'tenant' | 'id' | 'facets'>): Readonly<Record<string, string>> {
  const { service, resource, actor, correlation, rules } = facets
  const isResource = resource !== null && resource !== service
  const of: Readonly<Record<RecordIndex, readonly string[] | null>> = {
    newest: [tenant],
    service: service === null ? null : [tenant, service],
    resource: isResource ? [tenant, resource] : null,
    actor: actor === null ? null : [tenant, actor],
    correlation: correlation === null ? null : [tenant, correlation],
    findings: rules.length === 0 ? null : [tenant],
    unfolded: service === null ? null : [],
    unsealed: [],
  }
  return Object.fromEntries(
    recordIndexes.flatMap((index) => {
      const parts = of[index]
      return parts === null ? [] : [[`by_${index}`, sharded(index, parts, shardOf(index, id))]]
    }),
  )
}

const recordIndexes: readonly RecordIndex[] = [
  ...(['newest', 'service', 'resource', 'actor'] as const),
  ...(['correlation', 'findings', 'unfolded', 'unsealed'] as const),
]

/** The partitions that hold every entry which passes the filter: those of the filter that narrows most. */
export function partitionsFor(tenant: string, filter: RecordFilter): readonly Partition[] {
  const { correlation, actor, resource, service, rule } = filter
  if (correlation !== undefined) return partitionsOf('correlation', [tenant, correlation])
  if (actor !== undefined) return partitionsOf('actor', [tenant, actor])
  if (resource !== undefined)
    return (['resource', 'service'] as const).flatMap((index) =>
      partitionsOf(index, [tenant, resource]),
    )
  if (service !== undefined) return partitionsOf('service', [tenant, service])
  return partitionsOf(rule === undefined ? 'newest' : 'findings', [tenant])
}

/** Where the entries wait that no scorecard has been told of. */
export function unfoldedPartitions(): readonly Partition[] {
  return partitionsOf('unfolded', [])
}

/** Where the entries wait that have no place in the log. */
export function unsealedPartitions(): readonly Partition[] {
  return partitionsOf('unsealed', [])
}

/** Where the list of a service holds this entry. */
export function servicePartition(tenant: string, service: string, id: string): Partition {
  const key = sharded('service', [tenant, service], shardOf('service', id))
  return { index: 'service', key }
}

function partitionsOf(index: RecordIndex, parts: readonly string[]): readonly Partition[] {
  return Array.from({ length: shards[index] }, (_, shard) => ({
    index,
    key: sharded(index, parts, shard),
  }))
}

function sharded(index: RecordIndex, parts: readonly string[], shard: number): string {
  return joined(shards[index] === 1 ? parts : [...parts, String(shard)])
}

function shardOf(index: RecordIndex, id: string): number {
  return Number.parseInt(digestOf(id).slice(-8), 16) % shards[index]
}

/** By commitment and not by id: an attempt that loses must not overwrite the winner's body. */
export function bodyKey(commitment: string, saltLength: number): string {
  return `${commitment}.${saltLength}`
}

export type WaiverKey = { readonly key: string; readonly member: string }

export function waiverKey({ tenant, resource, environment, rule, id }: Waiver): WaiverKey {
  return { key: aboutKey(tenant, { resource, environment }), member: joined([rule, id]) }
}

export function aboutKey(tenant: string, about: Omit<WaiverQuery, 'rules'>): string {
  return joined([tenant, about.resource.type, about.resource.id, about.environment])
}

/** What the members of one rule begin with. */
export function ruleMembers(rule: string): string {
  return joined([rule, ''])
}

export function pointerKey(tenant: string, id: string): WaiverKey {
  return { key: `=${joined([tenant, id])}`, member: '-' }
}

export function tenantKey(tenant: string): string {
  return joined(['tenant', tenant])
}

export function grantedKey({ grantedAt, id }: Waiver): string {
  return `${grantedAt}#${id}`
}

export function entityKey(tenant: string, entity: string): string {
  return joined([tenant, entity])
}

/** Sorts entities by name, as far as a key can hold it. */
export function nameKey(entity: string): string {
  return `-${entity.slice(0, 250)}${entity.length > 250 ? digestOf(entity) : ''}`
}

/** The one partition of the index of stale entities: it is written when an entity becomes stale or is folded, no oftener. */
export const staleKey = 'stale'

/** What lies in the log under this key, and before this in the order of parts. */
export type LogKey = { readonly key: string; readonly part: string }

/** Of a thing that there is only one of. */
export function onlyKey(name: 'head' | 'checkpoint' | 'walk'): LogKey {
  return { key: name, part: '-' }
}

/** Stages lie in order of version, so that old ones are found without their names. */
export function stageKey({ version, attempt }: StageName): LogKey {
  return { key: 'stages', part: joined([inOrder(version), attempt]) }
}

/** What the parts of all stages sort before that have a later version. */
export function stagesEnd(version: number): LogKey {
  return { key: 'stages', part: inOrder(version + 1) }
}

/** Of a file of the log: the unfinished forms of a tile lie together, apart from the full one. */
export function fileKey(path: string): LogKey {
  const [, folder = path, width = ''] = /^(.*\.p)\/([^/]+)$/.exec(path) ?? []
  return { key: joined(['file', folder]), part: joined([width]) }
}

/** The file of which this is a part; null where it is none of a file. */
export function pathOfFile({ key, part }: LogKey): string | null {
  const [kind, folder = ''] = key.split('#')
  const width = part.slice(0, part.indexOf('#'))
  if (kind !== 'file') return null
  return width === '' ? folder : `${folder}/${width}`
}

/** Under which all unfinished forms of a full tile lie. */
export function unfinishedKey(path: string): string {
  return fileKey(`${path}.p/-`).key
}

/** How many places lie in one item. */
export const placesOfBlock = 256

export function placesKey(block: number): LogKey {
  return { key: joined(['places', String(block)]), part: '-' }
}

/** One part of what is kept in parts; they come back in order. */
export function partKey({ key, part }: LogKey, number: number): LogKey {
  return { key, part: `${part}#${inOrder(number)}` }
}

/** Numbers that sort as texts do. */
function inOrder(number: number): string {
  return String(number).padStart(12, '0')
}

/** One text for several parts, and never the same for others. */
function joined(parts: readonly (string | null)[]): string {
  return parts.map(part).join('#')
}

/** A key has room for 2,048 bytes: a text that may be longer stands there by its digest. */
function part(text: string | null): string {
  if (text === null) return '%0'
  if (text.length > 150) return `%${digestOf(text)}`
  return text.replaceAll('%', '%25').replaceAll('#', '%23')
}
