import { isScorecard, type Scorecard } from '@writ/scorecard'
import type { Row } from './database.ts'
import { damaged, jsonIn } from './row.ts'

/**
 * Reads a saved card. A release that changes its form brings a schema step that sets `saved` to 0, so that all are folded
 * anew: a card is only ever a copy of what the records say.
 */
export function cardIn(row: Row): Scorecard {
  const card = jsonIn(row, 'card')
  if (isScorecard(card)) return card
  throw damaged('card')
}
