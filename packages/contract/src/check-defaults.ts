import type { Issue, Json, JsonObject } from '@writ/domain'
import * as z from './zod.ts'
import { issuesOf } from './issues.ts'

const text = z.string().check(z.minLength(1), z.maxLength(1024))

/** Stars are all that has a meaning: what other globs know would otherwise match nothing, in silence. */
const glob = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(256),
    z.regex(
      /^(?![!/])[^\\{}[\]]+$/,
      'may use *, ** and ? only, and begins with no / or !: write a line for each thing',
    ),
  )

const address = z
  .string()
  .check(
    z.maxLength(1024),
    z.regex(/^https?:\/\/[^\s]+$/, 'must be an address that begins with http:// or https://'),
  )

const formats = ['text', 'json', 'github', 'sarif', 'junit', 'table'] as const

const keys = {
  environment: z.optional(text).check(
    z.meta({
      description: 'Where the files go: levels differ by environment. As --environment.',
      examples: ['production'],
    }),
  ),
  service: z.optional(text).check(
    z.meta({
      description: 'The service that the files belong to. As --service.',
      examples: ['checkout'],
    }),
  ),
  policies: z.optional(text).check(
    z.meta({
      description:
        'A folder of policies of your own, in place of the shipped ones; a relative path begins where writ.yaml lies. As --policies.',
      examples: ['policies'],
    }),
  ),
  data: z.optional(z.array(text).check(z.maxLength(100))).check(
    z.meta({
      description:
        'Files and folders with settings that are laid over those of the policies; a relative path begins where writ.yaml lies. As --data.',
      examples: [['writ-settings.yaml']],
    }),
  ),
  baseline: z.optional(text).check(
    z.meta({
      description:
        'A file with findings that are known: they are shown, and fail nothing. A relative path begins where writ.yaml lies. As --baseline.',
      examples: ['writ-baseline.json'],
    }),
  ),
  server: z.optional(address).check(
    z.meta({
      description:
        'A service that judges and records, in place of the policies on this machine. As --server.',
      examples: ['https://writ.example.com'],
    }),
  ),
  format: z
    .optional(z.enum(formats))
    .check(
      z.meta({ description: 'How the result is printed. As --format.', examples: ['github'] }),
    ),
  ignore: z.optional(z.array(glob).check(z.maxLength(1000))).check(
    z.meta({
      description:
        'Files and folders that are left out, with all that is in them. Each begins where writ.yaml lies; of a file outside the repository, at the root of the repository. `*` and `?` stand for a part of one name, `**` for any number of folders. What was left out is counted in the result.',
      examples: [['vendor', '**/testdata', 'charts/*/templates']],
    }),
  ),
}

const ownOfServices = {
  policies: 'the service judges by its own policies',
  data: 'the service judges by its own settings',
  baseline: 'with a service, grant waivers for what is known',
} as const

const defaults = z
  .strictObject(keys)
  .check(({ value, issues }) => {
    for (const [key, why] of Object.entries(ownOfServices))
      if (value.server !== undefined && Object.hasOwn(value, key))
        issues.push({
          code: 'custom',
          path: [key],
          input: value,
          message: `server and ${key} exclude each other: ${why}`,
        })
  })
  .check(
    z.meta({
      title: 'writ.yaml',
      description:
        'What `writ check` takes for granted in a repository. It lies at its root; a flag of the same name wins.',
      dependentSchemas: {
        server: { type: 'object', properties: { policies: false, data: false, baseline: false } },
      },
    }),
  )

/** What `writ check` takes for granted in a repository. */
export type CheckDefaults = z.infer<typeof defaults>

/** The names that a `writ.yaml` may use. */
export const checkDefaultNames: readonly string[] = Object.keys(keys)

/** The content of a `writ.yaml`, or every mistake in it. One without content says nothing. */
export function readCheckDefaults(
  value: Json,
): { readonly defaults: CheckDefaults } | { readonly issues: readonly Issue[] } {
  const parsed = defaults.safeParse(value ?? {})
  return parsed.success ? { defaults: parsed.data } : { issues: issuesOf(parsed.error) }
}

/** The JSON Schema of a `writ.yaml`, for editors. */
export function checkDefaultsSchema(): JsonObject {
  const schema: JsonObject = JSON.parse(JSON.stringify(z.toJSONSchema(defaults, { io: 'input' })))
  return schema
}

/** An example of a key's value, as the schema gives it. */
export function checkDefaultExample(name: string): string | null {
  const shape: Readonly<Record<string, z.ZodMiniType>> = keys
  const key = Object.hasOwn(shape, name) ? shape[name] : undefined
  const examples = key === undefined ? null : z.globalRegistry.get(key)?.['examples']
  return Array.isArray(examples) ? JSON.stringify(examples[0]) : null
}
