import type { Event } from 'js-yaml'
import { limits } from './limits.ts'

/** What is wrong, and the offset in the source where it is. `bound`: a bound was met; the text may be right. */
export type Mistake = {
  readonly message: string
  readonly offset: number
  readonly bound: boolean
}

/** Where an event's text begins; -1 for what has none, like the empty value after a key. */
export function offsetOf(event: Event | undefined): number {
  if (event === undefined) return -1
  const starts = [
    'start' in event ? event.start : -1,
    'valueStart' in event ? event.valueStart : -1,
    'anchorStart' in event ? event.anchorStart : -1,
    'tagStart' in event ? event.tagStart : -1,
  ]
  return starts.find((start) => start >= 0) ?? -1
}

export function duplicate(key: string, event: Event | undefined): Mistake {
  return mistake(`the key “${excerpt(key)}” stands twice in one mapping: keep one`, event)
}

export function tooDeep(event: Event): Mistake {
  return overBound(`lists and mappings nest deeper than ${limits.depth} levels`, event)
}

export function overBound(what: string, event: Event): Mistake {
  return { message: `${what}: split the file`, offset: offsetOf(event), bound: true }
}

export function mistake(message: string, event: Event | undefined): Mistake {
  return { message, offset: offsetOf(event), bound: false }
}

export function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
