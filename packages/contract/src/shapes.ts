import type { Json, JsonObject } from '@writ/domain'
import * as z from 'zod'

/** A value that `readJson` made: it is JSON already, so only its shape is looked at. */
export const json: z.ZodType<Json> = z.custom<Json>((value) => value !== undefined)

export const openObject: z.ZodType<JsonObject> = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  { error: 'must be an object' },
)

/** A name or an id: never empty, and bounded. */
export const text: z.ZodString = z.string().min(1).max(1024)

/**
 * RFC 3339 in any offset and precision, as the ledger writes it: UTC with three decimals. An offset that leads out of the
 * years 0000 to 9999 is refused: such texts would not order as instants do.
 */
export const instant: z.ZodType<string, string> = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value).toISOString())
  .refine((value) => value.length === 24, 'lies outside the years 0000 to 9999')
