import { Fault } from '@writ/domain'
import type { Surroundings } from './surroundings.ts'

/** What a build may take: Rego that explodes in the compiler ends it by name, and not the machine. */
export type Budget = {
  /** For each module. */
  readonly seconds: number
  /** Of each module, as it was compiled. */
  readonly moduleBytes: number
}

export const defaultBudget: Budget = { seconds: 300, moduleBytes: 16 * 2 ** 20 }

type Watched = Pick<Surroundings, 'onProgress'> & { readonly what: string; readonly budget: Budget }

const newsEveryMs = 10_000

/** Compiles, and tells whoever waits that it goes on. A module that takes too long is the Fault `bundle-invalid`. */
export async function withinBudget<T>(
  { what, budget, onProgress }: Watched,
  work: () => Promise<T>,
): Promise<T> {
  let seconds = 0
  const news = setInterval(() => {
    seconds += newsEveryMs / 1_000
    onProgress(`Compiling ${what}: ${seconds} s`)
  }, newsEveryMs)
  const begun = performance.now()
  try {
    return await work()
  } catch (cause) {
    const isOver = performance.now() - begun >= budget.seconds * 1_000
    if (!isOver || !(cause instanceof Fault) || cause.code !== 'compiler-unavailable') throw cause
    throw new Fault(
      'bundle-invalid',
      `Compiling ${what} takes more than its budget of ${budget.seconds} s: put tables into data and split what is large, or allow more by --max-seconds`,
      { cause },
    )
  } finally {
    clearInterval(news)
  }
}

/** Throws the Fault `bundle-invalid` for a module that is larger than its budget. */
export function refuseLarge(name: string, { length }: Uint8Array, { moduleBytes }: Budget): void {
  if (length <= moduleBytes) return
  const [own, most] = [length, moduleBytes].map((bytes) => Math.ceil(bytes / 1024))
  throw new Fault(
    'bundle-invalid',
    `${name} is compiled to ${own} KB, more than its budget of ${most} KB: put tables into data and split what is large, or allow more by --max-module`,
  )
}
