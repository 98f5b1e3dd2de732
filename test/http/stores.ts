import type { Waiver } from '@writ/domain'
import type { Entry } from '@writ/ledger'
import type { Scorecard } from '@writ/scorecard'
import type { RecordFilter, Records, Scorecards, Waivers } from '@writ/service'

/** Every store port in memory. What was appended is in plain sight, so a test can tell that nothing was. */
export function memoryStores(): {
  readonly entries: Entry[]
  readonly records: Records
  readonly waivers: Waivers
  readonly scorecards: Scorecards
} {
  const entries: Entry[] = []
  const granted = new Map<string, Waiver>()
  const cards = new Map<string, Scorecard>()
  const records: Records = {
    append: async (entry) => {
      const stands = entries.find(({ tenant, id }) => tenant === entry.tenant && id === entry.id)
      if (stands === undefined) entries.push(entry)
      return stands ?? entry
    },
    get: async (tenant, id) =>
      entries.find((entry) => entry.tenant === tenant && entry.id === id) ?? null,
    list: async (tenant, { filter, before, limit }) => {
      const key = ({ at, id }: { at: string; id: string }): string => `${at} ${id}`
      const found = entries
        .filter((entry) => entry.tenant === tenant && passes(entry, filter))
        .filter((entry) => before === null || key(entry) < key(before))
        .sort((left, right) => (key(left) < key(right) ? 1 : -1))
      const page = found.slice(0, limit)
      const last = page.at(-1)
      const next = found.length > limit && last !== undefined ? { at: last.at, id: last.id } : null
      return { entries: page, next, oldestUnlisted: null }
    },
  }
  const waivers: Waivers = {
    put: async (waiver, entry) => {
      await records.append(entry)
      granted.set(waiver.id, waiver)
      return waiver
    },
    get: async (tenant, id) => {
      const waiver = granted.get(id)
      return waiver?.tenant === tenant ? waiver : null
    },
    find: async (tenant, { rules }) =>
      [...granted.values()].filter(
        (waiver) => waiver.tenant === tenant && rules.includes(waiver.rule),
      ),
    list: async (tenant, limit) =>
      [...granted.values()]
        .filter((waiver) => waiver.tenant === tenant)
        .toReversed()
        .slice(0, limit),
  }
  const scorecards: Scorecards = {
    stale: async () => [],
    save: async ({ tenant, entity }, card) => {
      cards.set(`${tenant} ${entity}`, card)
    },
    get: async (tenant, entity) => cards.get(`${tenant} ${entity}`) ?? null,
    list: async (tenant, limit) =>
      [...cards.entries()]
        .filter(([key]) => key.startsWith(`${tenant} `))
        .map(([, card]) => card)
        .slice(0, limit),
  }
  return { entries, records, waivers, scorecards }
}

function passes({ at, type, facets }: Entry, filter: RecordFilter): boolean {
  const { from, to, rule, type: asked, ...equal } = filter
  if (asked !== undefined && type !== asked) return false
  if (rule !== undefined && !facets.rules.includes(rule)) return false
  if ((from !== undefined && at < from) || (to !== undefined && at >= to)) return false
  return Object.entries(equal).every(
    ([name, value]) =>
      value === undefined ||
      Object.entries(facets).some(([facet, held]) => facet === name && held === value),
  )
}
