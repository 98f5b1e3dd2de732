import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { emptyRoot, readCheckpoint, readNote, writeCheckpoint, type Checkpoint } from '@writ/ledger'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writ } from './desk.ts'
import { openAudited, scratchFolder } from './house.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)

const data = scratch.path('house')
const copy = scratch.path('edited')
const before = scratch.path('before')
const origin = 'writ.example/log'
beforeAll(async () => {
  mkdirSync(data)
  const house = openAudited(data)
  await house.others()
  await house.decide(60)
  await house.sealAll()
  cpSync(data, before, { recursive: true })
  await house.decide(240)
  await house.sealAll()
  await house.decide(1)
  await house.close()
})

/** What `fsck` says of a copy of the house that was edited so. */
async function fsckEdited(sql: string): ReturnType<typeof writ> {
  rmSync(copy, { recursive: true, force: true })
  cpSync(data, copy, { recursive: true })
  const db = new DatabaseSync(join(copy, 'writ.db'), {
    enableForeignKeyConstraints: false,
    defensive: false,
  })
  db.exec(sql)
  db.close()
  return writ('audit', 'fsck', '--data', copy)
}

test('a house in which one decision waits to be sealed is whole, also after ANALYZE, and says so', async () => {
  const { code, out } = await fsckEdited('ANALYZE')
  expect([code, out]).toEqual([0, expect.stringMatching(/^  unsealed     1$/m)])
})

const edits: readonly [string, string, RegExp][] = [
  ['a body', `UPDATE bodies SET content = CAST(replace(CAST(content AS TEXT), 'ada', 'eve') AS BLOB)`, /another body than the one that its leaf commits to/],
  ['an outcome to find it by', `UPDATE entries SET outcome = 'allow' WHERE type = 'decision'`, /facets that its body does not have/],
  ['an instant', `UPDATE entries SET at = '2020-01-01T00:00:00.000Z' WHERE sealed = 7`, /another tenant, id, instant or type/],
  ['a tenant', `UPDATE entries SET tenant = 'eve' WHERE sealed = 8`, /at index 8 is missing/],
  ['a leaf', `UPDATE entries SET leaf = CAST(replace(CAST(leaf AS TEXT), 'deny', 'pass') AS BLOB) WHERE sealed = 9`, /another leaf than the one in the log/],
  ['a request digest', `UPDATE entries SET request_digest = 'sha256:${'0'.repeat(64)}' WHERE sealed = 20`, /another request digest/],
  ['a record', `DELETE FROM entry_rules; DELETE FROM entries WHERE sealed = 10`, /at index 10 is missing/],
  ['a place', `UPDATE entries SET sealed = 400 WHERE sealed = 11; UPDATE entries SET sealed = 11 WHERE sealed = 12`, /at index 11 is marked as the one at index 400/],
  ['a record that was put in', `INSERT INTO entries SELECT 9999, tenant, 'dec_made_up', at, type, request_digest, leaf, commitment, kind, outcome, resource, service, team, environment, actor, rules, correlation, -1 FROM entries WHERE sealed = 40`, /dec_made_up is marked as sealed, and the log does not have it/],
  ['a rule to find it by', `DELETE FROM entry_rules WHERE arrival = 50`, /dec_.* is not listed under the rule deploy.approvals/],
  ['the end of a waiver', `UPDATE waivers SET expires_at = '2099-01-01T00:00:00.000Z', revoked_at = NULL`, /the waiver wvr_.* is not what was recorded/],
  ['a waiver that was put in', `INSERT INTO waivers SELECT tenant, 'wvr_made_up', environment, rule, resource_type, resource_id, document_type, document_id, document_path, part, category, reason, requested_by, approved_by, granted_at, expires_at, NULL FROM waivers`, /the waiver wvr_made_up was never recorded/],
  ['a tile', `UPDATE log_files SET bytes = zeroblob(8192) WHERE path = 'tile/0/000'`, /tile\/0\/000 is not what the entries hash to/],
  ['the checkpoint', `UPDATE log_checkpoint SET note = replace(note, '304', '303')`, /signature of writ.example\/log .* is false/],
  ['a place that is taken away', `UPDATE entries SET sealed = NULL WHERE sealed = 40`, /at index 40 is marked as the one in no place/],
  ['a decision that waits, put in the place of another', `UPDATE entries SET sealed = NULL WHERE sealed = 40; UPDATE entries SET sealed = 40 WHERE arrival = (SELECT max(arrival) FROM entries)`, /at index 40 is marked as the one in no place/],
  ['the body of a decision that waits', `UPDATE bodies SET content = CAST(replace(CAST(content AS TEXT), 'ada', 'eve') AS BLOB) WHERE commitment = (SELECT commitment FROM entries WHERE sealed IS NULL)`, /which is not sealed yet, has another body/],
  ['the leaf of a decision that waits', `UPDATE entries SET leaf = CAST('{"commitment":"' || commitment || '"}' AS BLOB) WHERE sealed IS NULL`, /which is not sealed yet, has a leaf that is none/],
  ['a rule that it does not have', `INSERT INTO entry_rules SELECT tenant, 'deploy.made_up', at, id, arrival FROM entries WHERE sealed = 50`, /is listed under the rule deploy.made_up, which it does not have/],
  ['the rules of a decision that waits', `UPDATE entries SET rules = '' WHERE sealed IS NULL`, /the rules of the record dec_.* are no list/],
  ['a commitment', `UPDATE bodies SET commitment = 'x' WHERE commitment = (SELECT commitment FROM entries WHERE sealed = 50); UPDATE entries SET commitment = 'x' WHERE sealed = 50`, /lies under another commitment than its leaf names/],
  ['a body that is of no record', `INSERT INTO bodies VALUES ('x', x'00', x'00')`, /a body is kept that is of no record, x/],
  ['a waiver that is taken away', `DELETE FROM waivers`, /the waiver wvr_.* was granted, and is not kept/],
  ['a waiver for a tenant that has no records', `INSERT INTO waivers SELECT 'new', id, environment, rule, resource_type, resource_id, document_type, document_id, document_path, part, category, reason, requested_by, approved_by, granted_at, expires_at, NULL FROM waivers`, /the waiver wvr_.* was never recorded/],
  ['what a scorecard waits for', `UPDATE entities SET version = version + 1`, /what is counted of the records of checkout is not what there is/],
  ['a service that no scorecard is folded of', `DELETE FROM entities WHERE entity = 'checkout'`, /what is counted of the records of checkout is not what there is/],
  ['a trigger', `CREATE TRIGGER eats AFTER INSERT ON entries BEGIN DELETE FROM entries WHERE arrival = new.arrival; END`, /the store has a trigger eats that Writ has not made/],
  ['an index that is taken away', `DROP INDEX entries_unsealed`, /the store lacks a part of its schema: CREATE INDEX entries_unsealed/],
  ['an index that leaves out a record and does not look it', `CREATE TABLE as_made AS SELECT sql FROM sqlite_schema WHERE name = 'entries_newest'; DROP INDEX entries_newest; CREATE INDEX entries_newest ON entries (tenant, at, id) WHERE arrival <> 50; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = (SELECT sql FROM as_made) WHERE name = 'entries_newest'; PRAGMA writable_schema = RESET; DROP TABLE as_made`, /the file of the store is damaged: .*entries_newest/],
  ['the root of the head', `UPDATE log_head SET hashes = zeroblob(length(hashes))`, /the head of the log in the store is not of the log that its checkpoint signs/],
  ['the head, which begins anew', `UPDATE log_head SET version = 0, size = 0, hashes = x''; UPDATE entries SET sealed = NULL`, /the head of the log is of 0 entries, and its checkpoint of 304/],
  ['a batch that the head names', `UPDATE log_head SET staged_version = version, staged_attempt = 'x'`, /the head of the log names a batch that is gone/],
  ['the size that the checkpoint is filed under', `UPDATE log_checkpoint SET size = 9999`, /the checkpoint is filed under another size than it has/],
  ['a file that the log does not have', `INSERT INTO log_files VALUES ('tile/0/009', x'00')`, /the file tile\/0\/009 is none of the log of 304 entries/],
  ['an unfinished tile that was never so', `INSERT INTO log_files VALUES ('tile/0/001.p/3', zeroblob(96))`, /the file tile\/0\/001.p\/3 is none of the log/],
] // prettier-ignore
test.each(edits)(
  '%s that is edited in the store behind its back is found',
  async (_, sql, words) => {
    const { code, out } = await fsckEdited(sql)
    expect(out).toMatch(words)
    expect(code).toBe(out.includes('is missing') ? 2 : 1)
    if (code === 1) expect(out).toContain(`\n  writ.example/log\n`)
  },
)

test('a checkpoint of before is found', async () => {
  const { code, out } = await fsckEdited(
    `UPDATE log_checkpoint SET size = 64, note = '${checkpointIn(before)}'`,
  )
  expect([code, out]).toEqual([1, expect.stringContaining('304 entries have a place in the log, and its checkpoint is of 64')]) // prettier-ignore
})

const rolledBack: readonly [string, (root: Uint8Array) => Checkpoint, number, RegExp][] = [
  ['and is remembered so, is whole', (root) => ({ origin, size: 64, root }), 0, /Verified: 64 entries/],
  ['is found by what was signed last', (root) => ({ origin, size: 304, root }), 1, /304 entries were signed last, and the log has 64/],
  ['and another one was signed, is found', () => ({ origin, size: 3, root: emptyRoot }), 1, /what was signed last is not of the log that its checkpoint signs/],
] // prettier-ignore
test.each(rolledBack)('a whole store of before, %s', async (_, signed, expected, words) => {
  const { root } = readCheckpoint(readNote(checkpointIn(before)).text)
  writeFileSync(join(before, 'log.signed'), writeCheckpoint(signed(root)))
  const { code, out } = await writ('audit', 'fsck', '--data', before)
  expect([code, out]).toEqual([expected, expect.stringMatching(words)])
})

function checkpointIn(folder: string): string {
  const db = new DatabaseSync(join(folder, 'writ.db'), { readOnly: true })
  const note = db.prepare('SELECT note FROM log_checkpoint').get()?.['note']
  db.close()
  return String(note)
}
