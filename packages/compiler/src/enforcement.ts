import {
  levels,
  type Enforcement,
  type Issue,
  type Json,
  type LevelStep,
  type Rule,
} from '@writ/domain'
import { pointerOf } from '@writ/contract'
import { instantOf, listOf, memberOf, objectOf, oneOf, textsOf } from './json-read.ts'

type Read<T> = { readonly value: T; readonly issues: readonly Issue[] }
/** Alias → the document types that it stands for. */
export type Aliases = ReadonlyMap<string, readonly string[]>

const file = 'enforcement.json'

/** `document-types.json`: each alias with at least one type. */
export function readAliases(value: Json | undefined): Read<Aliases> {
  const object = objectOf(value ?? {})
  const path = 'document-types.json'
  if (object === null)
    return {
      value: new Map(),
      issues: [{ pointer: path, message: 'must be an object: alias → list of document types' }],
    }
  const read = Object.entries(object).map(
    ([alias, types]) => [alias, textsOf(types) ?? []] as const,
  )
  const issues = read
    .filter(([, types]) => types.length === 0)
    .map(([alias]) => ({
      pointer: `${path}#${pointerOf([alias])}`,
      message: 'must be a list of document types',
    }))
  return { value: new Map(read), issues }
}

/** Document types with each alias replaced by what it stands for; sorted, each once. */
export function expandTypes(names: readonly string[], aliases: Aliases): readonly string[] {
  return [...new Set(names.flatMap((name) => aliases.get(name) ?? [name]))].toSorted()
}

/** What is held: the rules that could be read, and the ids of all, so that a broken rule is not taken for an unknown one. */
export type Held = {
  readonly rules: readonly Rule[]
  readonly ids: readonly string[]
  readonly aliases: Aliases
}

/** `enforcement.json` in full: every rule in every environment, dated. Rules have their document types already expanded. */
export function readEnforcement(source: Json | undefined, about: Held): Read<Enforcement> {
  const { rules, ids } = about
  const environments = textsOf(memberOf(source, 'environments')) ?? []
  const none =
    environments.length > 0
      ? []
      : [at(['environments'], 'must be a list of at least one environment')]
  const governed = readGoverned(source, environments, about)
  const held = ids.map((id) => {
    // Of a rule with broken METADATA the levels are read all the same, for their own mistakes.
    const effectiveOn = rules.find((rule) => rule.id === id)?.effectiveOn ?? ''
    return { id, ...readRule(source, { id, effectiveOn }, environments) }
  })
  return {
    value: {
      environments,
      governed: governed.value,
      levels: Object.fromEntries(held.map(({ id, value }) => [id, value])),
    },
    issues: [
      ...none,
      ...strangers(source, [], ['environments', 'governed', 'levels']),
      ...governed.issues,
      ...held.flatMap(({ issues }) => issues),
      ...unknownRules(source, ids),
    ],
  }
}

function at(path: readonly PropertyKey[], message: string): Issue {
  return { pointer: `${file}#${pointerOf(path)}`, message }
}

function readGoverned(
  source: Json | undefined,
  environments: readonly string[],
  { rules, ids, aliases }: Held,
): Read<Enforcement['governed']> {
  const read = new Set(rules.flatMap(({ documentTypes }) => documentTypes))
  const governed = memberOf(source, 'governed') ?? {}
  const entries = environments.map((environment) => {
    const names = textsOf(memberOf(governed, environment) ?? [])
    const types = expandTypes(names ?? [], aliases)
    const path = ['governed', environment]
    const unread = types
      .filter((type) => rules.length === ids.length && !read.has(type))
      .map((type) =>
        at(
          path,
          `governs ${type}, which no rule reads: each such document would make the request indeterminate`,
        ),
      )
    const issues =
      names === null ? [at(path, 'must be a list of document types or aliases')] : unread
    return { environment, types, issues }
  })
  return {
    value: Object.fromEntries(entries.map(({ environment, types }) => [environment, types])),
    issues: [
      ...strangers(source, ['governed'], environments),
      ...entries.flatMap(({ issues }) => issues),
    ],
  }
}

function readRule(
  source: Json | undefined,
  rule: Pick<Rule, 'id' | 'effectiveOn'>,
  environments: readonly string[],
): Read<{ readonly [environment: string]: readonly LevelStep[] }> {
  const given = memberOf(memberOf(source, 'levels'), rule.id)
  if (given === undefined)
    return {
      value: {},
      issues: [
        at(
          ['levels', rule.id],
          `is missing: name a level of ${rule.id} in ${environments.join(', ')}`,
        ),
      ],
    }
  const read = environments.map((environment) => ({
    environment,
    ...readSteps(memberOf(given, environment), rule, ['levels', rule.id, environment]),
  }))
  return {
    value: Object.fromEntries(read.map(({ environment, value }) => [environment, value])),
    issues: [
      ...strangers(source, ['levels', rule.id], environments),
      ...read.flatMap(({ issues }) => issues),
    ],
  }
}

function readSteps(
  given: Json | undefined,
  rule: Pick<Rule, 'id' | 'effectiveOn'>,
  path: readonly string[],
): Read<readonly LevelStep[]> {
  if (given === undefined)
    return { value: [], issues: [at(path, `is missing: name ${oneOf(levels)}, or dated steps`)] }
  const level = levels.find((known) => known === given)
  if (level !== undefined) return { value: [{ from: rule.effectiveOn, level }], issues: [] }
  const steps = listOf({ steps: given }, 'steps').map(readStep)
  if (steps.length === 0)
    return {
      value: [],
      issues: [
        at(path, `must be ${oneOf(levels)}, or a list of {"from": instant, "level": level}`),
      ],
    }
  const whole = steps.filter((step) => step !== null)
  if (whole.length < steps.length)
    return {
      value: [],
      issues: [at(path, `each step is {"from": instant, "level": ${oneOf(levels)}}`)],
    }
  const isAscending = whole.every(
    (step, index) => index === 0 || (whole[index - 1]?.from ?? '') < step.from,
  )
  return {
    value: whole,
    issues: isAscending ? [] : [at(path, 'its steps must go from the oldest to the newest')],
  }
}

function readStep(step: Json): LevelStep | null {
  const [from, name] = [instantOf(memberOf(step, 'from')), memberOf(step, 'level')]
  const level = levels.find((known) => known === name)
  return from === null || level === undefined ? null : { from, level }
}

function unknownRules(source: Json | undefined, ids: readonly string[]): readonly Issue[] {
  const named = Object.keys(objectOf(memberOf(source, 'levels')) ?? {})
  return named
    .filter((id) => !ids.includes(id))
    .map((id) =>
      at(['levels', id], 'there is no such rule in this pack: remove it, or mend its name'),
    )
}

/** Names that do not belong at a place of the file. */
function strangers(
  source: Json | undefined,
  path: readonly string[],
  known: readonly string[],
): readonly Issue[] {
  const place = path.reduce<Json | undefined>((value, key) => memberOf(value, key), source)
  return Object.keys(objectOf(place) ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => at([...path, name], `is not known here: use ${oneOf(known)}`))
}
