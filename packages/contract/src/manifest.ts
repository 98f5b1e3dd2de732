import { kinds, levels, severities } from '@writ/domain'
import * as z from './zod.ts'
import { instant, json, text } from './shapes.ts'

const digest = z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/))

const rule = z.strictObject({
  id: text,
  kind: z.enum(kinds),
  title: text,
  description: text,
  severity: z.enum(severities),
  controls: z.array(text),
  remediation: text,
  docsUrl: text,
  waivableBy: z.array(text),
  appliesRequires: z.array(z.string()),
  requires: z.array(z.string()),
  effectiveOn: instant(),
  grants: z.boolean(),
  crossesDocuments: z.boolean(),
  documentTypes: z.array(text),
})

const module = z.strictObject({
  /** `deploy`, `access`, or `config/<family of document types>`. */
  name: text,
  kind: z.enum(kinds),
  /** Document types that make this module worth evaluating; empty for kinds without documents. */
  documentTypes: z.array(text),
  /** The metered module's file in the bundle. */
  file: text,
  /** Of the module as `opa build` wrote it, and after metering. */
  compiledDigest: digest,
  meteredDigest: digest,
  /** Gives every rule's findings at once: `{<rule id>: {applies, findings}}`. */
  gather: text,
  /** Rule id → the entrypoint that gives `{applies, findings}` of that rule alone. */
  rules: z.record(text, text),
  /**
   * How a module of config judges a change set of more documents than this: so many at a time, and each rule that compares
   * documents once over all, with the members of their contents that it reads, or with null the whole of them. Null:
   * all at once.
   */
  batches: z.withDefault(
    z.nullable(
      z.strictObject({
        documents: z.int().check(z.positive()),
        /** Gives the findings of the rules that compare no documents; where it is absent, `gather` gives them with the others. */
        gather: z.exactOptional(text),
        across: z.record(text, z.nullable(z.array(text))),
      }),
    ),
    null,
  ),
  fuel: z.strictObject({ base: z.int().check(z.positive()), perByte: z.int().check(z.positive()) }),
})

export const enforcementSchema = z.strictObject({
  environments: z.array(text).check(z.minLength(1)),
  governed: z.record(text, z.array(text)),
  levels: z.record(
    text,
    z.record(
      text,
      z.array(z.strictObject({ from: instant(), level: z.enum(levels) })).check(z.minLength(1)),
    ),
  ),
})

/** `manifest.json` of a bundle. Its canonical bytes are what the bundle's digest is taken of, so it holds no time and no name. */
export const manifestSchema = z.strictObject({
  schema: z.literal('writ.bundle/v1'),
  opa: text,
  modules: z.array(module).check(z.minLength(1)),
  rules: z.array(rule).check(z.minLength(1)),
  enforcement: enforcementSchema,
  /** Kind → JSON Schema of the whole request; never with `required`. */
  schemas: z.partialRecord(z.enum(kinds), json()),
  /** Kind → JSON Pointers to what is kept out of the records; a step `*` stands for every member. */
  masks: z.exactOptional(z.partialRecord(z.enum(kinds), z.array(text))),
  /** Builtins that the host must bring: those that the modules import. */
  builtins: z.array(text),
  /** Of the file `opa-builtins.wasm`, which is in a bundle that imports what only OPA’s own Go code answers. */
  goBuiltinsDigest: z.exactOptional(digest),
})

export type Manifest = z.infer<typeof manifestSchema>
export type ManifestModule = Manifest['modules'][number]
