/** What a table is made of. Nothing of AWS is in it, so that whoever declares resources can read it too. */
export type TableDefinition = {
  /** The type of each attribute that is part of a key; no other attribute is fixed. */
  readonly attributes: Readonly<Record<string, 'S' | 'N' | 'B'>>
  readonly key: Key
  readonly indexes: Readonly<Record<string, IndexDefinition>>
  readonly stream: 'new-image' | 'keys' | null
}

export type Key = { readonly partition: string; readonly sort: string | null }

export type IndexDefinition = Key & {
  /** What an index holds beside the keys. What is not projected can change without the index being written. */
  readonly projected: 'keys' | readonly string[]
}

/** An index over records in order of place: sparse, since only items that have its partition attribute are in it. */
function ordered(name: string): IndexDefinition {
  return { partition: `by_${name}`, sort: 'place', projected: ['facets'] }
}

const records: TableDefinition = {
  attributes: {
    key: 'S',
    place: 'S',
    by_newest: 'S',
    by_service: 'S',
    by_resource: 'S',
    by_actor: 'S',
    by_correlation: 'S',
    by_findings: 'S',
    by_unfolded: 'S',
    by_unsealed: 'S',
  },
  key: { partition: 'key', sort: null },
  indexes: {
    newest: ordered('newest'),
    service: ordered('service'),
    resource: ordered('resource'),
    actor: ordered('actor'),
    correlation: ordered('correlation'),
    findings: ordered('findings'),
    unfolded: { ...ordered('unfolded'), projected: 'keys' },
    unsealed: { ...ordered('unsealed'), projected: ['tenant', 'id'] },
  },
  stream: 'keys', // it wakes the fold, which reads what it needs by itself
}

const bodies: TableDefinition = {
  attributes: { key: 'S', part: 'N' },
  key: { partition: 'key', sort: 'part' },
  indexes: {},
  stream: null,
}

const waivers: TableDefinition = {
  attributes: { key: 'S', member: 'S', by_tenant: 'S', granted: 'S' },
  key: { partition: 'key', sort: 'member' },
  indexes: { granted: { partition: 'by_tenant', sort: 'granted', projected: 'keys' } },
  stream: null,
}

const scorecards: TableDefinition = {
  attributes: { key: 'S', by_tenant: 'S', name: 'S', by_stale: 'S', since: 'S' },
  key: { partition: 'key', sort: null },
  indexes: {
    named: { partition: 'by_tenant', sort: 'name', projected: 'keys' },
    stale: { partition: 'by_stale', sort: 'since', projected: 'keys' },
  },
  stream: null,
}

const log: TableDefinition = {
  attributes: { key: 'S', part: 'S' },
  key: { partition: 'key', sort: 'part' },
  indexes: {},
  stream: null,
}

const signed: TableDefinition = {
  attributes: { key: 'S' },
  key: { partition: 'key', sort: null },
  indexes: {},
  stream: null,
}

export type TableName = 'records' | 'bodies' | 'waivers' | 'scorecards' | 'log' | 'signed'

/**
 * Six tables, since who may write each differs: `records` and the `bodies` that are too large to lie in them are only ever
 * added to, `waivers` are granted and revoked, `scorecards` are folded from records, and the `log` is sealed over them; what its
 * signer has `signed` last is apart from all that may be brought back from a backup. Nothing in them expires by itself.
 */
export const tables: Readonly<Record<TableName, TableDefinition>> = {
  records,
  bodies,
  waivers,
  scorecards,
  log,
  signed,
}

/** What each table is called where it stands. */
export type TableNames = Readonly<Record<TableName, string>>

export function tableNames(prefix: string): TableNames {
  return {
    records: `${prefix}-records`,
    bodies: `${prefix}-bodies`,
    waivers: `${prefix}-waivers`,
    scorecards: `${prefix}-scorecards`,
    log: `${prefix}-log`,
    signed: `${prefix}-signed`,
  }
}
