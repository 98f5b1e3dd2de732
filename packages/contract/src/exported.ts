import { Fault, kinds, outcomes, type Instant } from '@writ/domain'
import * as z from './zod.ts'
import { once } from './once.ts'

const exportedRecord = once(() =>
  z.strictObject({
    index: z.int().check(z.nonnegative()),
    tenant: z.string(),
    id: z.string(),
    type: z.string(),
    recorded_at: z.string(),
    request_digest: z.string(),
    facets: z.strictObject({
      kind: z.nullable(z.enum(kinds)),
      outcome: z.nullable(z.enum(outcomes)),
      resource: z.nullable(z.string()),
      service: z.nullable(z.string()),
      team: z.nullable(z.string()),
      environment: z.nullable(z.string()),
      actor: z.nullable(z.string()),
      rules: z.array(z.string()),
      correlation: z.nullable(z.string()),
    }),
    body: z.strictObject({ salt: z.base64(), text: z.string() }),
  }),
)

/** One line of an export: a record, less its leaf, which lies in the log at this index. */
export type ExportedRecord = z.infer<ReturnType<typeof exportedRecord>>

const manifest = once(() =>
  z.strictObject({
    format: z.literal(exportFormat),
    exported_at: z.string(),
    origin: z.string(),
    size: z.int().check(z.nonnegative()),
    root: z.string(),
    records: z.int().check(z.nonnegative()),
    from: z.nullable(z.string()),
    to: z.nullable(z.string()),
    tenant: z.nullable(z.string()),
  }),
)

const exportFormat = 'writ.export/v1'

/** What an export holds: the whole log, and of its records those recorded from `from` to before `to`; null leaves a side open. */
export type ExportManifest = {
  readonly exportedAt: Instant
  readonly origin: string
  readonly size: number
  /** In base64, as in the checkpoint. */
  readonly root: string
  readonly records: number
  readonly from: Instant | null
  readonly to: Instant | null
  /** The tenant whose records alone it holds; null when it holds those of all. */
  readonly tenant: string | null
}

/**
 * Reads a line that `JSON.stringify` wrote of an exported record. Throws the Fault `log-malformed` on anything else, so that
 * no other program reads another record in it: of a name that is there twice, some take the first.
 */
export function readExportedRecord(line: string): ExportedRecord {
  const record = readAs(exportedRecord(), 'exported record', line)
  if (JSON.stringify(JSON.parse(line)) === line) return record
  throw malformed('exported record', 'it is spelled as no writer of JSON spells it')
}

export function writeExportManifest({ exportedAt, ...rest }: ExportManifest): string {
  return `${JSON.stringify({ format: exportFormat, exported_at: exportedAt, ...rest }, null, 2)}\n`
}

/** Throws the Fault `log-malformed` on what is no manifest of this version. */
export function readExportManifest(text: string): ExportManifest {
  const { exported_at: exportedAt, format: _, ...rest } = readAs(manifest(), 'manifest', text)
  const read = { exportedAt, ...rest }
  if (writeExportManifest(read) === text) return read
  throw malformed('manifest', 'it is spelled as Writ does not spell it')
}

function readAs<Read>(schema: z.ZodMiniType<Read>, what: string, text: string): Read {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw malformed(what, 'it does not have the form that this version of Writ writes', cause)
  }
}

function malformed(what: string, why: string, cause?: unknown): Fault {
  return new Fault('log-malformed', `This is no ${what}: ${why}`, { facts: { what, why }, cause })
}
