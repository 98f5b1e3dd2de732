import { relative, sep } from 'node:path'

/** Whether a file or folder is left out, by its path on this machine. */
export type Ignoring = (file: string) => boolean

export const ignoresNothing: Ignoring = () => false

/** What these patterns leave out; each begins at the folder. What lies in a folder that one matches is left out with it. */
export function ignoring(patterns: readonly string[], folder: string): Ignoring {
  const wanted = patterns.map((pattern) => pattern.split('/').filter((step) => step !== ''))
  return (file) => {
    const path = relative(folder, file)
    if (path === '' || path.startsWith('..')) return false
    const steps = path.split(sep)
    const folders = steps.map((_, at) => steps.slice(0, at + 1))
    return wanted.some((pattern) => folders.some((own) => matches(pattern, own, pathWords)))
  }
}

type Words<T> = {
  /** Stands for any number of what is looked at. */
  readonly isMany: (word: T) => boolean
  readonly isLike: (word: T, one: T) => boolean
}

const nameWords: Words<string> = {
  isMany: (word) => word === '*',
  isLike: (word, one) => word === '?' || word === one,
}

const pathWords: Words<string> = {
  isMany: (step) => step === '**',
  isLike: (step, name) => matches(Array.from(step), Array.from(name), nameWords),
}

/** Goes back to the last word for many only, so that no pattern is slow. */
function matches(
  pattern: readonly string[],
  items: readonly string[],
  { isMany, isLike }: Words<string>,
): boolean {
  let [at, item] = [0, 0]
  let back: { readonly at: number; item: number } | null = null
  while (item < items.length) {
    const word = pattern[at]
    if (word !== undefined && isMany(word)) {
      back = { at, item }
      at += 1
    } else if (word !== undefined && isLike(word, items[item] ?? '')) {
      at += 1
      item += 1
    } else if (back !== null) {
      back.item += 1
      ;[at, item] = [back.at + 1, back.item]
    } else return false
  }
  return pattern.slice(at).every(isMany)
}
