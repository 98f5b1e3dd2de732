/** Runs the tasks, two at a time, and gives their results in order: each holds some 300 MB while it runs. */
export async function inPairs<T>(tasks: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results = new Map<number, T>()
  const waiting = [...tasks.entries()]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, task] = next
      results.set(index, await task())
    }
  }
  await Promise.all([worker(), worker()])
  return [...results].toSorted(([left], [right]) => left - right).map(([, result]) => result)
}
