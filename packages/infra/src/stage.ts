/** What differs between stages, and nothing else: the same revision is declared in each. */
export type Stage = {
  readonly name: 'dev' | 'production'
  /** Records outlive the stack: nothing of it is deleted with it, nor by mistake. */
  readonly keepsRecords: boolean
  readonly logDays: number
  /** How many invocations of a function may run at once; the sum is taken from the account's limit. */
  readonly concurrency: { readonly [name in FunctionName]: number }
  /** Environments of `decide` that are kept warm. */
  readonly warmDecide: number
  /** What the HTTP API lets through: requests a second, and at once. */
  readonly throttle: { readonly rate: number; readonly burst: number }
  readonly budgetDollars: number
}

export type FunctionName = 'decide' | 'read' | 'fold' | 'admin' | 'seal'

const stages: { readonly [name in Stage['name']]: Stage } = {
  dev: {
    name: 'dev',
    keepsRecords: false,
    logDays: 7,
    concurrency: { decide: 10, read: 5, fold: 2, admin: 2, seal: 2 },
    warmDecide: 0,
    throttle: { rate: 50, burst: 100 },
    budgetDollars: 20,
  },
  production: {
    name: 'production',
    keepsRecords: true,
    logDays: 400,
    concurrency: { decide: 300, read: 50, fold: 10, admin: 5, seal: 2 },
    warmDecide: 2,
    throttle: { rate: 2000, burst: 4000 },
    budgetDollars: 500,
  },
}

/** The stage of this name. Any other name is refused: a misspelt stage would be a second production. */
export function readStage(name: string): Stage {
  if (name === 'dev' || name === 'production') return stages[name]
  throw new Error(`There is no stage ${name}: deploy with --stage dev or --stage production`)
}
