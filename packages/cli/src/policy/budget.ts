import { defaultBudget, type Budget } from '@writ/compiler'

export type BudgetOptions = {
  readonly maxSeconds?: number
  /** In KB. */
  readonly maxModule?: number
}

export function budgetOf({ maxSeconds, maxModule }: BudgetOptions): Budget {
  return {
    seconds: maxSeconds ?? defaultBudget.seconds,
    moduleBytes: maxModule === undefined ? defaultBudget.moduleBytes : maxModule * 1024,
  }
}
