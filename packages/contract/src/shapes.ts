import type { Json, JsonObject } from '@writ/domain'
import { once } from './once.ts'
import * as z from './zod.ts'

/** A value that `readJson` made: it is JSON already, so only its shape is looked at. */
export const json: () => z.ZodMiniType<Json> = once(() =>
  z.custom<Json>((value) => value !== undefined),
)

export const openObject: z.ZodMiniType<JsonObject> = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  { error: 'must be an object' },
)

/** A name or an id: never empty, and bounded. */
export const text: z.ZodMiniString = z.string().check(z.minLength(1), z.maxLength(1024))

/**
 * RFC 3339 in any offset and precision, as the ledger writes it: UTC with three decimals. An offset that leads out of the
 * years 0000 to 9999 is refused: such texts would not order as instants do.
 */
export const instant: () => z.ZodMiniType<string, string> = once(() =>
  z
    .pipe(
      z.iso.datetime({ offset: true }),
      z.transform((value) => new Date(value).toISOString()),
    )
    .check(z.refine((value) => value.length === 24, 'lies outside the years 0000 to 9999')),
)

/** A day, which begins at midnight UTC, or an instant. */
export const when: () => z.ZodMiniType<string, string> = once(() =>
  z.union(
    [
      z.pipe(
        z.iso.date(),
        z.transform((day) => `${day}T00:00:00.000Z`),
      ),
      instant(),
    ],
    'must be a day (2026-01-31) or an instant (2026-01-31T12:00:00Z)',
  ),
)
