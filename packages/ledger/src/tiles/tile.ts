/** How many hashes a full tile has, and a full entry bundle entries. */
export const tileWidth = 256
/** How many levels of the tree lie within one tile. */
export const tileHeight = 8

/** One resource of a log as C2SP tlog-tiles lays it out: a tile of hashes at a level, or a bundle of entries. */
export type Tile = {
  readonly level: number | 'entries'
  readonly index: number
  /** How many hashes or entries it holds: 256 when it is full, fewer at the right edge of the tree. */
  readonly width: number
}

/** `tile/<L>/<N>[.p/<W>]`. */
export function tilePath({ level, index, width }: Tile): string {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return `tile/${level}/${groups.join('/')}${width < tileWidth ? `.p/${width}` : ''}`
}

const pathForm =
  /^tile\/(?<level>entries|[0-5]?\d|6[0-3])\/(?<groups>(?:x\d{3}\/)*\d{3})(?:\.p\/(?<width>\d{1,3}))?$/

/** Reads a path; null for anything that no log has, other spellings of a tile included. */
export function parseTilePath(path: string): Tile | null {
  const { level, groups, width } = pathForm.exec(path)?.groups ?? {}
  if (level === undefined || groups === undefined) return null
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: Number(width ?? tileWidth),
  }
  // Leading zeroes, a width of 0 or of 256, an index that a double cannot count: none is what is written for its tile.
  return tile.width > 0 && tilePath(tile) === path ? tile : null
}

/** Every bundle and every tile, from level 0 up, of a tree of this size. */
export function tilesOf(size: number): readonly Tile[] {
  const tiles: Tile[] = []
  for (
    let hashes = size, level = 0;
    hashes > 0;
    hashes = Math.floor(hashes / tileWidth), level += 1
  )
    for (let index = 0; index * tileWidth < hashes; index += 1)
      tiles.push({ level, index, width: Math.min(tileWidth, hashes - index * tileWidth) })
  const bundles = tiles.filter(({ level }) => level === 0)
  return [...bundles.map((tile) => ({ ...tile, level: 'entries' as const })), ...tiles]
}

/** The tile at this place of a tree of this size; null where the tree has none. */
export function tileAt(size: number, place: Pick<Tile, 'level' | 'index'>): Tile | null {
  const level = place.level === 'entries' ? 0 : place.level
  const width = Math.min(tileWidth, Math.floor(size / tileWidth ** level) - place.index * tileWidth)
  return width > 0 ? { ...place, width } : null
}
