import { limits } from './limits.ts'

/** What can have a value after it: about as many as the text has values. */
const separator = /[,[{]|[-:?](?=[\s"'[{]|$)|(?<![,[{-])(?:\r\n|\n|\r)/g

/** How many there are, counted up to one more than a document may have. A text that is too short for so many is not searched. */
export function separatorsIn(text: string): number {
  if (text.length <= limits.separators) return 0
  let count = 0
  const places = new RegExp(separator)
  while (count <= limits.separators && places.test(text)) count += 1
  return count
}
