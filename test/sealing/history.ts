import { emptyFrontier, grown, signed, writeCheckpoint, writeNote, type Growth } from '@writ/ledger'
import { keyOf, type Contents, type Kept } from './store.ts'
import { firstSigner, origin } from './turn.ts'
import type { World } from './world.ts'

export function emptyContents(): Contents {
  return {
    entries: new Map(),
    seen: new Map(),
    head: { version: 0, frontier: emptyFrontier, staged: null },
    stages: new Map(),
    files: new Map(),
    published: null,
  }
}

/** In one run of three the log has a history, and its right edge is just before the end of a tile. */
export async function firstContents(world: World): Promise<Contents> {
  const held = emptyContents()
  if (world.draw(3) > 0) return held
  const { frontier, note, files, entries } = await (history ??= makeHistory())
  for (const { path, bytes } of files) held.files.set(path, bytes)
  for (const entry of entries) held.entries.set(keyOf(entry), { ...entry })
  return {
    ...held,
    head: { version: 1, frontier, staged: null },
    published: { size: frontier.size, note },
  }
}

type History = Growth & { readonly note: string; readonly entries: readonly Kept[] }
let history: Promise<History> | null = null

async function makeHistory(): Promise<History> {
  const entries = Array.from({ length: 250 }, (_, index) => ({
    tenant: 'history',
    id: `e${index}`,
    at: '2025-12-31T00:00:00.000Z',
    leaf: new TextEncoder().encode(`history ${index}`),
    index,
  }))
  const growth = await grown(
    emptyFrontier,
    entries.map(({ leaf }) => leaf),
    async () => new Uint8Array(),
  )
  const head = { origin, size: entries.length, root: growth.root }
  return { ...growth, entries, note: writeNote(await signed(writeCheckpoint(head), firstSigner)) }
}
