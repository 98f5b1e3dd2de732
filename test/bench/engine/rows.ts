/** What each ratio must reach, and what it should: from above, or, where less is better, from below. */
const bounds = {
  1: { gate: 1.8, target: 2 },
  '2 light': { gate: 6, target: 9 },
  '2 heavy': { gate: 2.8, target: 3.2 },
  3: { gate: 10, target: 10 },
  '4 data': { gate: 5, target: 2, less: true },
  '4 rules': { gate: 5, target: 2, less: true },
  '4 data opa': { gate: 1, target: 1 },
  '4 rules opa': { gate: 1, target: 1 },
} as const

export type Row = { readonly line: string; readonly isBelow: boolean }

/** A machine that is busy moves a ratio by as much; below the gate by more is a fault of ours. */
const margin = 0.8

export function row(which: keyof typeof bounds, what: string, ratio: number): Row {
  const { gate, target } = bounds[which]
  const isLess = 'less' in bounds[which]
  const number = String(which).split(' ')[0]
  const misses = isLess ? ratio > gate : ratio < gate
  const isBelow = isLess ? ratio > gate / margin : ratio < gate * margin
  const end = misses ? '  below its gate' : ''
  return {
    line: `ratio ${number}: ${ratio.toFixed(2)} (gate ${isLess ? '≤ ' : ''}${gate}, target ${isLess ? '≤ ' : ''}${target})  ${what}${end}`,
    isBelow,
  }
}
