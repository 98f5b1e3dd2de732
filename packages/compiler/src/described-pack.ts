import { manifestSchema } from '@writ/contract'
import { valueAt, type Enforcement, type Json, type Rule } from '@writ/domain'
import { buildBundle, type BuildRequest } from './bundle.ts'
import type { Case } from './cases.ts'
import { readStandards, type Standard } from './controls.ts'
import { readPack, type Pack } from './pack.ts'
import { casesOf } from './rule-cases.ts'
import { settingsRead } from './settings-read.ts'
import {
  describedBy,
  partsOf,
  settingsSchemasOf,
  type SettingsSchemas,
} from './settings-schemas.ts'

/** A table or number of `settings/` that a rule reads: what it holds, and what it is as far as the pack says. */
export type Setting = { readonly path: string; readonly value: Json; readonly description: string }

/** A rule with all that its pack says of it. */
export type DescribedRule = {
  readonly rule: Rule
  readonly settings: readonly Setting[]
  /** None where the pack has no `.cases.yaml` beside the rule. */
  readonly cases: readonly Case[]
}

export type DescribedPack = {
  readonly rules: readonly DescribedRule[]
  readonly enforcement: Enforcement
  /** The standards that the pack lists in `controls/`. */
  readonly standards: readonly Standard[]
}

/** What people want to know of a pack: it is built first, so nothing is said of one that could not decide. */
export async function describePack(request: BuildRequest): Promise<DescribedPack> {
  const { policies } = request
  const { files } = await buildBundle(request)
  const { rules, enforcement } = manifestSchema.parse(jsonIn(files.get('manifest.json')))
  const { pack } = readPack(policies)
  const told = { data: jsonIn(files.get('data.json')), ...settingsSchemasOf(pack) }
  const described = rules.map(async (rule) => ({
    rule,
    settings: settingsOf(rule, pack, told),
    cases: await casesOf(rule.id, policies),
  }))
  return {
    rules: await Promise.all(described),
    enforcement,
    standards: await readStandards(policies),
  }
}

type Told = { readonly data: Json; readonly schemas: SettingsSchemas }

function settingsOf(
  { id }: Rule,
  { rules, library }: Pack,
  { data, schemas }: Told,
): readonly Setting[] {
  const file = rules.find(({ path }) => path === fileOf(id, '.rego'))
  const paths = file === undefined ? [] : settingsRead(file, library)
  return paths
    .flatMap((path) => partsOf(schemas, path))
    .map((path) => ({
      path,
      value: valueAt(data, `/${path.replaceAll('.', '/')}`) ?? null,
      description: describedBy(schemas, path),
    }))
}

function fileOf(id: string, ending: string): string {
  return `${id.replaceAll('.', '/')}${ending}`
}

function jsonIn(bytes: Uint8Array | undefined): Json {
  const value: Json = JSON.parse(new TextDecoder().decode(bytes))
  return value
}
