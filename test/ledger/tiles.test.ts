import {
  emptyFrontier,
  grown,
  hashesIn,
  leafHashOf,
  parseTilePath,
  readBundle,
  readTree,
  tileAt,
  tilePath,
  tilesOf,
  writeBundle,
} from '@writ/ledger'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryLog } from './log.ts'
import { base64, bytes, leaf, readVectors } from './vectors.ts'

describe('the path of a tile', () => {
  test.each(Object.entries(readVectors().paths))(
    '%s, as Go writes it',
    (path, [level, index, width]) => {
      expect(tilePath({ level, index, width })).toBe(path)
      expect(parseTilePath(path)).toEqual({ level, index, width })
    },
  )

  test('of an entry bundle', () => {
    expect(tilePath({ level: 'entries', index: 1_234_067, width: 3 })).toBe(
      'tile/entries/x001/x234/067.p/3',
    )
  })

  const none = [
    'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/0/0', 'tile/0/x000/000', 'tile/00/000', 'tile/64/000',
    'tile/0/001/000', 'tile/0/000/', '/tile/0/000', 'tile/data/000', 'tile/-1/000', 'tile/0/000.p/1\n', 'tile/0/../000',
    'tile/0/x999/x999/x999/x999/x999/x999/999', 'checkpoint', '',
  ] // prettier-ignore
  test.each(none)('%j is none', (path) => {
    expect(parseTilePath(path)).toBeNull()
  })

  test('is read back as what it was written of', () => {
    const level = fc.oneof(fc.constant('entries' as const), fc.nat(63))
    const tile = fc.record({
      level,
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(tile, (drawn) => {
        expect(parseTilePath(tilePath(drawn))).toEqual(drawn)
      }),
    )
  })
})

test('a tree of 70,000 leaves has the tiles that the specification counts', () => {
  const tiles = tilesOf(70_000)
  const widths = (level: number | 'entries') =>
    tiles.filter((tile) => tile.level === level).map(({ width }) => width)
  expect(widths(0)).toEqual([...Array.from({ length: 273 }, () => 256), 112])
  expect(widths('entries')).toEqual(widths(0))
  expect(widths(1)).toEqual([256, 17])
  expect(widths(2)).toEqual([1])
  expect(tiles).toHaveLength(2 * 274 + 3)
})

describe('tiles at the border', () => {
  const cases: readonly [number, number, number | null][] = [
    [0, 0, null],
    [1, 0, 1],
    [255, 0, 255],
    [256, 0, 256],
    [256, 1, null],
    [257, 1, 1],
  ]
  test.each(cases)('of a tree of %i, tile %i: %j wide', (size, index, width) => {
    expect(tileAt(size, { level: 0, index })?.width ?? null).toBe(width)
  })
})

describe('a log that grows', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 6 })

  test('in whatever steps, ends as the same tree, and every file is written once', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (counts) => {
        const log = memoryLog()
        for (const count of counts) {
          const { size } = log.frontier()
          await log.append(Array.from({ length: count }, (_, place) => leaf(size + place)))
        }
        const { size } = log.frontier()
        const whole = await grown(
          emptyFrontier,
          Array.from({ length: size }, (_, at) => leaf(at)),
          log.readTile,
        )
        for (const { path, bytes } of whole.files)
          expect(base64(log.files.get(path) ?? new Uint8Array())).toBe(base64(bytes))
        expect(whole.files.map(({ path }) => path).toSorted()).toEqual(
          tilesOf(size).map(tilePath).toSorted(),
        )
        expect(base64(whole.root)).toBe(base64(await readTree(size, log.readTile).root()))
        expect(log.frontier()).toEqual(whole.frontier)
      }),
      { numRuns: 20 },
    )
  })

  test('keeps each entry beside its hash', async () => {
    const log = memoryLog()
    await log.append([leaf(0), new Uint8Array(), leaf(2)])
    const entries = readBundle(log.files.get('tile/entries/000.p/3') ?? new Uint8Array())
    expect(entries.map(leafHashOf)).toEqual(
      hashesIn(log.files.get('tile/0/000.p/3') ?? new Uint8Array()),
    )
  })

  test('does not go on from a tile that is cut off', async () => {
    const log = memoryLog()
    await log.append([leaf(0), leaf(1)])
    const short = async () => new Uint8Array(33)
    await expect(readTree(2, short).root()).rejects.toMatchObject({ code: 'log-malformed' })
  })
})

describe('an entry bundle', () => {
  test('gives back what was written, whatever it was', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 })
    fc.assert(
      fc.property(entries, (drawn) => {
        expect(readBundle(writeBundle(drawn))).toEqual(drawn)
      }),
    )
  })

  test('has room for 65,535 bytes an entry, and no more', () => {
    const longest = new Uint8Array(65_535).fill(7)
    expect(readBundle(writeBundle([longest]))).toEqual([longest])
    expect(() => writeBundle([new Uint8Array(65_536)])).toThrow(RangeError)
  })

  test('that is cut anywhere is refused', () => {
    const whole = writeBundle([bytes('one'), bytes('two')])
    for (const length of [1, 2, 4, 6, 8, 9])
      expect(() => readBundle(whole.subarray(0, length))).toThrow(/cut off/)
  })
})
