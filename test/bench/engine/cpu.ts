/** One way to answer, and what it costs: CPU nanoseconds of `count` answers. */
export type Variant = {
  readonly name: string
  readonly run: (count: number) => number | Promise<number>
}

const windowNs = 60e6
const rounds = 11

/** Runs synchronous work on this thread and counts its CPU, not the time on the wall: other work of the machine is not in it. */
export function onThread(name: string, once: () => unknown): Variant {
  return {
    name,
    run: (count) => {
      const start = process.threadCpuUsage()
      for (let turn = 0; turn < count; turn += 1) once()
      const { user, system } = process.threadCpuUsage(start)
      return (user + system) * 1000
    },
  }
}

export type Costs = {
  /** Nanoseconds of CPU an answer, the median of the rounds. */
  readonly median: ReadonlyMap<string, number>
  /** How many times the second's cost the first costs: the median of each round's ratio. */
  readonly ratio: (first: string, second: string) => number
}

/**
 * Measures variants side by side: in each round every variant runs for about 60 ms of CPU, and the order rotates, so that
 * a machine that slows down slows them all. Ratios of one round are comparable where figures of two runs are not.
 */
export async function measure(variants: readonly Variant[], turns = rounds): Promise<Costs> {
  const counts = new Map<Variant, number>()
  for (const variant of variants) counts.set(variant, await countFor(variant))
  const seen: ReadonlyMap<string, number>[] = []
  for (let round = 0; round < turns; round += 1) {
    const costs = new Map<string, number>()
    for (const variant of rotated(variants, round)) {
      const count = counts.get(variant) ?? 1
      costs.set(variant.name, (await variant.run(count)) / count)
    }
    seen.push(costs)
  }
  const of = (costs: ReadonlyMap<string, number>, name: string): number => costs.get(name) ?? NaN
  return {
    median: new Map(
      variants.map(({ name }) => [name, middle(seen.map((costs) => of(costs, name)))]),
    ),
    ratio: (first, second) => middle(seen.map((costs) => of(costs, first) / of(costs, second))),
  }
}

/** How many answers fill a window, once the variant is warm. */
async function countFor({ run }: Variant): Promise<number> {
  let count = 1
  for (;;) {
    const spent = await run(count)
    if (spent >= windowNs / 2) return Math.max(1, Math.round((count * windowNs) / spent))
    count *= 2
  }
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const from = by % items.length
  return [...items.slice(from), ...items.slice(0, from)]
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
