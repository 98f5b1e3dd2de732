import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writ } from './desk.ts'
import { openAudited, scratchFolder, type AuditedHouse } from './house.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)

async function houseIn(name: string): Promise<AuditedHouse> {
  mkdirSync(scratch.path(name))
  return openAudited(scratch.path(name))
}

/** Every file of a folder by its path. */
function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(files.map((path) => [path.slice(folder.length + 1), readFileSync(path)]))
}

/** As anybody would make them who wants to cover up an edit. */
function sumsOf(folder: string): string {
  const command =
    'find . -type f ! -name SHA256SUMS -printf "%P\\0" | LC_ALL=C sort -z | xargs -0 sha256sum'
  return spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).stdout
}

function put(folder: string, path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), bytes)
}

describe('a house of 300 decisions and of one of each other entry', () => {
  let data = ''
  const folder = scratch.path('whole')
  beforeAll(async () => {
    const house = await houseIn('busy')
    data = house.data
    await house.others()
    await house.decide(100)
    await house.sealAll()
    await house.decide(200)
    await house.sealAll()
    // The store is open all the while, as that of a running house is.
    expect(await writ('audit', 'export', folder, '--data', data)).toMatchObject({
      code: 0,
      err: '',
    })
    await house.close()
  })

  test.each([
    ['its store', () => ['--data', data]],
    ['its export', () => [folder]],
    [
      'its export, by a policy of one’s own',
      () => [folder, '--policy', join(folder, 'trust.policy')],
    ],
  ] as const)('%s is whole', async (_, where) => {
    const { code, out } = await writ('audit', 'fsck', ...where(), '--format', 'json')
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      { status: 'verified', facts: { size: 304, records: 304 } },
    ])
  })

  test('is exported to the same files again, and never over others', async () => {
    const again = scratch.path('again')
    expect((await writ('audit', 'export', again, '--data', data)).code).toBe(0)
    expect(filesIn(again)).toEqual(filesIn(folder))
    const refused = await writ('audit', 'export', again, '--data', data)
    expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('is not empty')])
  })

  test('exports the records of a time, and the whole log all the same', async () => {
    const part = scratch.path('part')
    const days = ['--from', '2026-11-02', '--to', '2026-11-03T00:00:00Z']
    expect((await writ('audit', 'export', part, '--data', data, ...days)).code).toBe(0)
    const { code, out } = await writ('audit', 'fsck', part, '--format', 'json')
    const [records_from, records_to] = ['2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z']
    const facts = { size: 304, records: 24, records_from, records_to }
    expect([code, JSON.parse(out).facts]).toMatchObject([0, facts])
    const { bodies } = Object.groupBy(filesIn(part).keys(), (path) => path.split('/')[0] ?? '')
    expect(bodies).toEqual(['bodies/000.ndjson'])
  })

  test('is trusted by nobody who knows another key', async () => {
    const policy = scratch.path('other.policy')
    writeFileSync(
      policy,
      'log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none\n',
    )
    const { code, out } = await writ('audit', 'fsck', folder, '--policy', policy)
    expect([code, out]).toEqual([2, expect.stringContaining('no log that the policy names')])
  })

  const fsck = process.env['WRIT_TESSERA_FSCK'] ?? ''
  test.skipIf(fsck === '')(
    'Tessera’s fsck finds nothing wrong with its export, and its sums are those of coreutils',
    () => {
      const args = ['--storage_url', `file://${folder}/`, '--public_key', join(folder, 'log.vkey'), '--ui=false', '--N=64'] // prettier-ignore
      const { stderr } = spawnSync(fsck, args, { encoding: 'utf8' })
      expect(stderr).toContain('Successfully fsck')
      expect(stderr).not.toContain('failed')
      const sums = spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder })
      expect(sums.status).toBe(0)
    },
  )
})

describe('of an export of each kind of entry', () => {
  const folder = scratch.path('small')
  let whole: ReadonlyMap<string, Buffer> = new Map()
  beforeAll(async () => {
    const house = await houseIn('quiet')
    await house.decide(1)
    await house.others()
    await house.sealAll()
    await house.close()
    expect((await writ('audit', 'export', folder, '--data', house.data)).code).toBe(0)
    whole = filesIn(folder)
    expect(whole.size).toBe(9)
  })

  test('no byte can be changed', async () => {
    for (const [path, bytes] of whole) {
      for (const at of bytes.keys()) {
        const changed = Buffer.from(bytes)
        changed[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
        put(folder, path, changed)
        const { code } = await writ('audit', 'fsck', folder)
        if (code === 0) expect.fail(`byte ${at} of ${path} can be changed`)
      }
      put(folder, path, bytes)
    }
    expect((await writ('audit', 'fsck', folder)).code).toBe(0)
  }, 600_000)

  test('no file can be cut, lengthened, removed, doubled, or put in the place of another', async () => {
    const verdicts: (readonly [string, number])[] = []
    const tried = async (what: string): Promise<void> => {
      verdicts.push([what, (await writ('audit', 'fsck', folder)).code])
    }
    const paths = [...whole.keys()]
    for (const path of paths) {
      const bytes = whole.get(path) ?? Buffer.alloc(0)
      for (const [what, other] of [
        ['cut', bytes.subarray(0, -1)],
        ['lengthened', Buffer.concat([bytes, Buffer.from('\n')])],
        ['emptied', ''],
      ] as const) {
        put(folder, path, other)
        await tried(`${path} ${what}`)
      }
      rmSync(join(folder, path))
      await tried(`${path} removed`)
      for (const other of paths.filter((one) => one !== path)) {
        copyFileSync(join(folder, other), join(folder, path))
        await tried(`${path} replaced by ${other}`)
      }
      put(folder, path, bytes)
      put(folder, `${path}.copy`, bytes)
      await tried(`${path} doubled`)
      rmSync(join(folder, `${path}.copy`))
    }
    expect(verdicts.filter(([, code]) => code === 0)).toEqual([])
    expect((await writ('audit', 'fsck', folder)).code).toBe(0)
  }, 120_000)

  test('no line of the records can be removed, doubled, moved, or moved elsewhere, also with true sums', async () => {
    const bodies = 'bodies/000.ndjson'
    const lines = (whole.get(bodies) ?? '').toString().trimEnd().split('\n')
    const others: readonly (readonly string[])[] = [
      ...lines.map((_, place) => lines.filter((_, other) => other !== place)),
      ...lines.map((line, place) => lines.toSpliced(place, 0, line)),
      lines.toReversed(),
      [...lines, (lines[0] ?? '').replace('"index":0', '"index":300')],
      [(lines[1] ?? '').replace('"index":1', '"index":0'), ...lines.slice(1)],
      lines.map((line) => line.replace('"ada"', '"eve"')),
      lines.map((line) => line.replace('"actor":"ada"', '"actor":"eve"')),
      lines.map((line) => line.replace('"body":{', '"body":{"text":"a lie",')),
      lines.map((line) => line.replace('"type":', '"id":"dec_other","type":')),
      lines.map((line) => line.replace(',"facets"', ', "facets"')),
    ]
    for (const other of others) {
      put(folder, bodies, other.map((line) => `${line}\n`).join(''))
      put(folder, 'SHA256SUMS', sumsOf(folder))
      expect((await writ('audit', 'fsck', folder)).code).not.toBe(0)
    }
    put(folder, bodies, whole.get(bodies) ?? '')
    put(folder, 'SHA256SUMS', whole.get('SHA256SUMS') ?? '')
    expect((await writ('audit', 'fsck', folder)).code).toBe(0)
  })

  const putIns: readonly [string, (other: string) => void][] = [
    ['more records', (other) => put(other, 'bodies/001.ndjson', whole.get('bodies/000.ndjson') ?? '')],
    ['a tile', (other) => put(other, 'tile/0/001', 'x')],
    ['a page', (other) => put(other, 'approval.html', 'x')],
    ['a link in the place of a file', (other) => { rmSync(join(other, 'checkpoint')); symlinkSync(join(folder, 'checkpoint'), join(other, 'checkpoint')) }],
    ['a link to nowhere', (other) => symlinkSync('/nowhere', join(other, 'x'))],
  ] // prettier-ignore
  test.each(putIns)('%s cannot be put in, also with true sums', async (_, putIn) => {
    const other = scratch.path('more')
    rmSync(other, { recursive: true, force: true })
    cpSync(folder, other, { recursive: true })
    putIn(other)
    put(other, 'SHA256SUMS', sumsOf(other))
    const { code, out } = await writ('audit', 'fsck', other)
    expect([code, out]).toEqual([2, expect.stringContaining('is no file that an export has')])
  })
})

const mistakes: readonly [string, readonly string[], number, RegExp][] = [
  ['no place to look', ['fsck'], 3, /Say where to look/],
  ['two places to look', ['fsck', 'a', '--data', 'b'], 3, /Say where to look/],
  ['a folder that is no export', ['fsck', import.meta.dirname], 3, /is no export/],
  ['a house that is not there', ['fsck', '--data', 'nowhere'], 2, /There is no store/],
  ['an unknown option', ['fsck', '--deep'], 3, /unknown option/],
  ['a day that is none', ['export', 'x', '--from', '2026-02-30'], 3, /It looks like/],
]
test.each(mistakes)('%s', async (_, args, expected, words) => {
  const { code, err } = await writ('audit', ...args)
  expect([code, err]).toEqual([expected, expect.stringMatching(words)])
})
