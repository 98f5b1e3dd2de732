import type { DatabaseSync } from 'node:sqlite'
import { Fault } from '@writ/domain'

type Database = Pick<DatabaseSync, 'exec' | 'prepare'>

/** 'Writ', as a big-endian number: marks a file as ours (PRAGMA application_id). */
const applicationId = 0x57726974

/** One step a schema version, in order. A step that was released never changes. */
const steps: readonly string[] = [
  `
  CREATE TABLE bodies (
    commitment TEXT PRIMARY KEY,
    salt BLOB NOT NULL,
    content BLOB NOT NULL
  ) STRICT;

  CREATE TABLE entries (
    arrival INTEGER PRIMARY KEY, -- in which order they came; says nothing of time
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    type TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    leaf BLOB NOT NULL,
    commitment TEXT NOT NULL REFERENCES bodies (commitment),
    kind TEXT,
    outcome TEXT,
    resource TEXT,
    service TEXT,
    team TEXT,
    environment TEXT,
    actor TEXT,
    rules TEXT NOT NULL, -- a JSON list, as it was given; entry_rules is its index
    correlation TEXT,
    sealed INTEGER, -- its place in the log; null until it is sealed
    UNIQUE (tenant, id)
  ) STRICT;
  CREATE INDEX entries_newest ON entries (tenant, at, id);
  CREATE INDEX entries_service ON entries (tenant, service, at, id) WHERE service IS NOT NULL;
  CREATE INDEX entries_resource ON entries (tenant, resource, at, id) WHERE resource IS NOT NULL;
  CREATE INDEX entries_actor ON entries (tenant, actor, at, id) WHERE actor IS NOT NULL;
  CREATE INDEX entries_correlation ON entries (tenant, correlation, at, id)
    WHERE correlation IS NOT NULL;
  CREATE INDEX entries_unsealed ON entries (arrival) WHERE sealed IS NULL;

  CREATE TABLE entry_rules (
    tenant TEXT NOT NULL,
    rule TEXT NOT NULL,
    at TEXT NOT NULL,
    id TEXT NOT NULL,
    arrival INTEGER NOT NULL REFERENCES entries (arrival),
    PRIMARY KEY (tenant, rule, at, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE entities (
    tenant TEXT NOT NULL,
    entity TEXT NOT NULL,
    version INTEGER NOT NULL, -- counts the records of the entity
    newest INTEGER NOT NULL, -- the arrival of its newest record
    saved INTEGER NOT NULL, -- the version that the card was folded from
    stale_from INTEGER NOT NULL, -- the arrival since which it has waited for a fold
    card TEXT,
    PRIMARY KEY (tenant, entity)
  ) STRICT;
  CREATE INDEX entities_stale ON entities (stale_from) WHERE version > saved;

  CREATE TABLE waivers (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    environment TEXT,
    rule TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    document_type TEXT, -- the three of a document are null together
    document_id TEXT,
    document_path TEXT,
    part TEXT,
    category TEXT NOT NULL,
    reason TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    PRIMARY KEY (tenant, id)
  ) STRICT;
  CREATE INDEX waivers_about ON waivers (tenant, resource_type, resource_id, rule);
  CREATE INDEX waivers_newest ON waivers (tenant, granted_at, id);
  `,
  `
  CREATE UNIQUE INDEX entries_sealed ON entries (sealed) WHERE sealed IS NOT NULL;

  CREATE TABLE log_head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    version INTEGER NOT NULL,
    size INTEGER NOT NULL,
    hashes BLOB NOT NULL, -- one after the other, the largest subtree first
    staged_version INTEGER, -- the two of a stage are null together
    staged_attempt TEXT
  ) STRICT;

  CREATE TABLE log_stages (
    version INTEGER NOT NULL,
    attempt TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (version, attempt)
  ) STRICT;

  CREATE TABLE log_files (
    path TEXT PRIMARY KEY, -- as in tlog-tiles
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE log_checkpoint (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    size INTEGER NOT NULL,
    note TEXT NOT NULL
  ) STRICT;
  `,
]

/** Refuses a file of another program or of a newer Writ. Only reads. */
export function refuseForeign(db: Database): void {
  const version = pragma(db, 'user_version')
  const owner = pragma(db, 'application_id')
  if (owner !== applicationId && (owner !== 0 || version !== 0 || hasTables(db)))
    throw new Fault(
      'store-unreadable',
      'The file is the database of another program; name another one',
    )
  if (version > steps.length)
    throw new Fault('store-too-new', 'The store was written by a newer Writ; start that one', {
      facts: { found: version, known: steps.length },
    })
}

/** Brings the file to this program's schema, all steps or none, also while another process does the same. */
export function prepareSchema(db: Database): void {
  if (pragma(db, 'user_version') === steps.length) return
  db.exec('BEGIN IMMEDIATE')
  // Read again under the lock: whoever held it before may have been another process that did all this, or a newer Writ.
  refuseForeign(db)
  for (const step of steps.slice(pragma(db, 'user_version'))) db.exec(step)
  db.exec(`PRAGMA application_id = ${applicationId}`)
  db.exec(`PRAGMA user_version = ${steps.length}`)
  db.exec('COMMIT')
}

function pragma(db: Database, name: 'user_version' | 'application_id'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name])
}

function hasTables(db: Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined
}
