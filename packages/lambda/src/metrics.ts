import { invocationId } from './invocation.ts'
import type { Write } from './log.ts'

type Unit = 'Count' | 'Milliseconds' | 'None'

/** Sums what one or more invocations did, until it is written as one line in CloudWatch's embedded metric format. */
export type Metrics = {
  readonly add: (name: string, value: number, unit: Unit) => void
  /** Writes what was added since the last time; nothing was added, nothing is written. */
  readonly flush: () => void
}

/** CloudWatch takes so many values of one metric in a line. */
const maxValues = 100

type MetricsParts = {
  readonly functionName: string
  readonly write: Write
  readonly now: () => Date
}

export function createMetrics({ functionName, write, now }: MetricsParts): Metrics {
  const added = new Map<string, { readonly unit: Unit; readonly values: number[] }>()
  const flush = (): void => {
    if (added.size === 0) return
    const metrics = [...added].map(([Name, { unit }]) => ({ Name, Unit: unit }))
    const values = [...added].map(([name, { values }]) => [name, values] as const)
    added.clear()
    const CloudWatchMetrics = [{ Namespace: 'Writ', Dimensions: [['function']], Metrics: metrics }]
    const line = {
      _aws: { Timestamp: now().getTime(), CloudWatchMetrics },
      level: 'INFO',
      requestId: invocationId(),
      function: functionName,
      ...Object.fromEntries(values),
    }
    write(JSON.stringify(line))
  }
  const add: Metrics['add'] = (name, value, unit) => {
    const known = added.get(name)
    if (known === undefined) added.set(name, { unit, values: [value] })
    else if (known.values.length < maxValues) known.values.push(value)
    else {
      flush()
      add(name, value, unit)
    }
  }
  return { add, flush }
}
