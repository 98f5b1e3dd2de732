import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writ } from './desk.ts'
import { openAudited, policyLines, scratchFolder } from './house.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)
const [data, edited, policy] = ['data', 'edited', 'trust.policy'].map(scratch.path) as [
  string,
  string,
  string,
]
let id = ''
let edits: readonly string[] = []
let commitment = ''

beforeAll(async () => {
  mkdirSync(data)
  writeFileSync(policy, policyLines)
  const house = openAudited(data)
  await house.others()
  id = (await house.decide(12))[5] ?? ''
  await house.sealAll()
  await house.close()
  cpSync(data, edited, { recursive: true })
  commitment = `(SELECT commitment FROM entries WHERE id = '${id}')`
  edits = editsIn(join(data, 'writ.db'))
})

/** Each column of what a decision is kept in, and of the log, made something else; and each row of those taken away. */
function editsIn(path: string): readonly string[] {
  const db = new DatabaseSync(path, { readOnly: true })
  const rows: readonly [string, string][] = [
    ['entries', `id = '${id}'`],
    ['bodies', `commitment = ${commitment}`],
    ...['tile/entries/000.p/16', 'tile/0/000.p/16'].map((path): [string, string] => [
      'log_files',
      `path = '${path}'`,
    ]),
    ['log_checkpoint', 'only = 1'],
  ]
  const found = rows.flatMap(([table, where]) => [
    ...columnsOf(db, table).map(
      (column) => `UPDATE ${table} SET ${column} = ${otherThan(column)} WHERE ${where}`,
    ),
    `DELETE FROM ${table} WHERE ${where}`,
  ])
  db.close()
  return found
}

function columnsOf(db: DatabaseSync, table: string): readonly string[] {
  const rows = db.prepare('SELECT name FROM pragma_table_info(?)').all(table)
  return rows.map(({ name }) => String(name))
}

/** A number a thousand more, and a text or bytes with another end. */
function otherThan(column: string): string {
  const end = (of: string): string => `substr(${of}, 1, length(${of}) - 1) || 'x'`
  return `CASE typeof(${column}) WHEN 'null' THEN 'x' WHEN 'integer' THEN ${column} + 1000
    WHEN 'text' THEN ${end(column)} ELSE CAST(${end(`CAST(${column} AS TEXT)`)} AS BLOB) END`
}

function edit(sql: string): void {
  for (const end of ['-wal', '-shm']) rmSync(join(edited, `writ.db${end}`), { force: true })
  copyFileSync(join(data, 'writ.db'), join(edited, 'writ.db'))
  const db = new DatabaseSync(join(edited, 'writ.db'), { enableForeignKeyConstraints: false })
  db.exec(`PRAGMA ignore_check_constraints = ON; ${sql}`)
  db.close()
}

type Handed = { readonly code: number; readonly read: string }

/** What an auditor reads who asks a house so, and whether it was given for whole. */
const commands: Readonly<Record<string, (house: string) => Promise<Handed>>> = {
  fsck: async (house) => {
    const { code, out } = await writ('audit', 'fsck', '--data', house)
    return { code, read: out.replaceAll(house, '') }
  },
  'prove and verify': async (house) => {
    const proof = scratch.path('proof')
    rmSync(proof, { force: true })
    rmSync(`${proof}.json`, { force: true })
    const { code } = await writ('audit', 'prove', id, '--data', house, '-o', proof)
    if (code !== 0) return { code, read: '' }
    const args = ['--record', `${proof}.json`, '--policy', policy]
    // What would not be verified is not given in the first place.
    expect(await writ('audit', 'verify', proof, ...args)).toMatchObject({ code: 0 })
    return { code, read: readFileSync(proof, 'utf8') + readFileSync(`${proof}.json`, 'utf8') }
  },
  'export of records': async (house) => {
    const { code, out } = await writ('audit', 'export', '-', '--data', house, '--format', 'ndjson')
    return { code, read: out }
  },
  'export and fsck': async (house) => {
    const folder = scratch.path('export')
    rmSync(folder, { recursive: true, force: true })
    const { code } = await writ('audit', 'export', folder, '--data', house)
    if (code !== 0) return { code, read: '' }
    const checked = await writ('audit', 'fsck', folder, '--policy', policy)
    return { code: checked.code, read: readFileSync(join(folder, 'SHA256SUMS'), 'utf8') }
  },
  evidence: async (house) => {
    const folder = scratch.path('evidence')
    rmSync(folder, { recursive: true, force: true })
    const { code } = await writ('audit', 'evidence', folder, '--data', house, '--seed', 's')
    return { code, read: code === 0 ? readFileSync(join(folder, 'SHA256SUMS'), 'utf8') : '' }
  },
}

test.each(Object.keys(commands))(
  '%s: whatever of a decision or of the log is edited, nothing else than before is handed out for whole',
  async (name) => {
    const ask = commands[name] ?? commands['fsck']
    const before = await ask?.(data)
    expect(before?.code).toBe(0)
    let refused = 0
    for (const sql of edits) {
      edit(sql)
      const after = await ask?.(edited)
      if (after?.code === 0) expect(after.read, sql).toBe(before?.read)
      else refused += 1
      expect([0, 1, 2], sql).toContain(after?.code)
    }
    expect(refused).toBeGreaterThan(10)
  },
)

test('fsck finds every one of them', async () => {
  for (const sql of edits) {
    edit(sql)
    expect([1, 2], sql).toContain((await commands['fsck']?.(edited))?.code)
  }
})

test('who asks for a proof of what was not sealed is told what is amiss, and gets none', async () => {
  edit(`UPDATE bodies SET content = x'' WHERE commitment = ${commitment}`)
  const proof = scratch.path('none')
  const { code, err } = await writ('audit', 'prove', id, '--data', edited, '-o', proof)
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(/^writ: the record dec_.* has another body/),
  ])
  expect(existsSync(proof)).toBe(false)
})

test('of records that are not whole no file stays, and the verdict does not lie among them', async () => {
  edit(edits.find((sql) => sql.startsWith('UPDATE bodies SET content')) ?? '')
  const target = scratch.path('records.csv')
  const given = await writ('audit', 'export', target, '--data', edited, '--format', 'csv')
  expect(given).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^Tampering is proven/),
  })
  expect(() => readFileSync(target)).toThrow(/ENOENT/)
})
