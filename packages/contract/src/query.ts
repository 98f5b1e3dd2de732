import {
  Fault,
  kinds,
  outcomes,
  type Instant,
  type Issue,
  type Kind,
  type Outcome,
} from '@writ/domain'
import * as z from './zod.ts'
import { pointerOf } from './issues.ts'
import { once } from './once.ts'
import { text, when } from './shapes.ts'

/** The parameters of a query as they were sent, repetitions and all. */
export type Parameters = Iterable<readonly [name: string, value: string]>

/** The most items of one page of a list. */
export const maxPage = 200
const usualPage = 50

const mistakeOfLimit = `must be a whole number from 1 to ${maxPage}`
const limit = once(() =>
  z.optional(
    z
      .pipe(z.string().check(z.regex(/^[0-9]{1,4}$/, mistakeOfLimit)), z.transform(Number))
      .check(z.refine((count) => count >= 1 && count <= maxPage, mistakeOfLimit)),
  ),
)

/** A size of the log in digits alone; anything else is an instant. */
const asOf = once(() =>
  z.optional(
    z.union(
      [
        z.pipe(
          z.string().check(z.regex(/^[0-9]{1,15}$/)),
          z.transform((size) => ({ size: Number(size) })),
        ),
        z.pipe(
          when(),
          z.transform((instant) => ({ instant })),
        ),
      ],
      'must be a size of the log (4711), a day (2026-01-31) or an instant (2026-01-31T12:00:00Z)',
    ),
  ),
)

const decisionsQuery = once(() =>
  z.object({
    as_of: asOf(),
    kind: z.optional(z.enum(kinds)),
    outcome: z.optional(z.enum(outcomes)),
    resource: z.optional(text),
    rule: z.optional(text),
    actor: z.optional(text),
    service: z.optional(text),
    team: z.optional(text),
    environment: z.optional(text),
    correlation: z.optional(text),
    from: z.optional(when()),
    to: z.optional(when()),
    limit: limit(),
    cursor: z.optional(text),
  }),
)
const readingsQuery = once(() =>
  z.object({
    reader: z.optional(text),
    record: z.optional(text),
    from: z.optional(when()),
    to: z.optional(when()),
    limit: limit(),
    cursor: z.optional(text),
  }),
)
const purposeQuery = once(() => z.object({ purpose: z.optional(text) }))
const asOfQuery = once(() => z.object({ as_of: asOf() }))
const pageQuery = once(() => z.object({ limit: limit() }))
const decideQuery = once(() => z.object({ wait: z.optional(z.enum(['sealed'])) }))
const noQuery = once(() => z.object({}))

/** What a list is filtered by: by equality, but for `from` (inclusive) and `to` (exclusive). Undefined does not filter. */
export type DecisionFilter = {
  readonly kind?: Kind | undefined
  readonly outcome?: Outcome | undefined
  readonly resource?: string | undefined
  readonly rule?: string | undefined
  readonly actor?: string | undefined
  readonly service?: string | undefined
  readonly team?: string | undefined
  readonly environment?: string | undefined
  readonly correlation?: string | undefined
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
}

/** Until when the past is looked at: what was recorded by an instant, or has its place in a log of this size. */
export type AsOf = { readonly instant: Instant } | { readonly size: number }

export type DecisionsQuery = {
  readonly filter: DecisionFilter
  readonly limit: number
  readonly cursor: string | null
  /** Null shows what is recorded now. */
  readonly asOf: AsOf | null
}

/** The names of the filters, in the order in which a form shows them. */
export const decisionFilters: readonly (keyof DecisionFilter)[] = [
  'kind',
  'outcome',
  'environment',
  'service',
  'resource',
  'actor',
  'team',
  'rule',
  'correlation',
  'from',
  'to',
]

/** Reads the query of a list of decisions, or throws the Fault that names every mistake in it. */
export function readDecisionsQuery(parameters: Parameters): DecisionsQuery {
  const { limit: asked, cursor, as_of, ...filter } = read(decisionsQuery(), parameters)
  return { filter, limit: asked ?? usualPage, cursor: cursor ?? null, asOf: as_of ?? null }
}

/** Reads the query of a list of readings: the reader is its actor, and the record its resource. */
export function readReadingsQuery(parameters: Parameters): DecisionsQuery {
  const { limit: asked, cursor, reader, record, ...filter } = read(readingsQuery(), parameters)
  return {
    filter: { ...filter, actor: reader, resource: record },
    limit: asked ?? usualPage,
    cursor: cursor ?? null,
    asOf: null,
  }
}

/** Reads why records are read, where an address shows some; null where nobody says. */
export function readPurpose(parameters: Parameters): string | null {
  const said = [...parameters].filter(([name, value]) => name === 'purpose' && value !== '')
  return read(purposeQuery(), said).purpose ?? null
}

/** Reads the query of what can be looked at as it was; null asks for it as it is. */
export function readAsOfQuery(parameters: Parameters): AsOf | null {
  return read(asOfQuery(), parameters).as_of ?? null
}

/** Reads the query of a list that only has a bound. */
export function readPageQuery(parameters: Parameters): { readonly limit: number } {
  return { limit: read(pageQuery(), parameters).limit ?? usualPage }
}

/** Reads the query of a decision that is asked for: whether to wait until its record has its place in the log. */
export function readDecideQuery(parameters: Parameters): { readonly waitsForSeal: boolean } {
  const asked = [...parameters]
  return { waitsForSeal: asked.length > 0 && read(decideQuery(), asked).wait === 'sealed' }
}

/** Refuses any parameter, where an address takes none. */
export function readNoQuery(parameters: Parameters): void {
  read(noQuery(), parameters)
}

function read<Shape extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<Shape>,
  parameters: Parameters,
): z.output<z.ZodMiniObject<Shape>> {
  const pairs = [...parameters]
  const names = pairs.map(([name]) => name)
  const known = Object.keys(schema.shape)
  const parsed = schema.safeParse(
    Object.fromEntries(pairs.filter(([name]) => known.includes(name))),
  )
  const issues = [
    ...names.flatMap((name, position) => nameMistakes(name, { known, names, position })),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => issueAt(path, message)),
  ]
  if (parsed.success && issues.length === 0) return parsed.data
  throw new Fault('request-invalid', 'The query has mistakes', { facts: { issues } })
}

type Met = {
  readonly known: readonly string[]
  readonly names: readonly string[]
  readonly position: number
}

function nameMistakes(name: string, { known, names, position }: Met): readonly Issue[] {
  if (names.indexOf(name) !== position) return [issueAt([name], 'is there twice: send it once')]
  if (known.includes(name)) return []
  const choice = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`
  return [issueAt([name.slice(0, 80)], `is not a parameter of this address: ${choice}`)]
}

/** A parameter has its pointer as if the query were an object beside the body. */
function issueAt(path: readonly PropertyKey[], message: string): Issue {
  return { pointer: `/query${pointerOf(path)}`, message }
}
