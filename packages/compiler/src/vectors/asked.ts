import { readDecisionRequest } from '@writ/contract'
import { inputOf, type Issue, type Json, type JsonObject } from '@writ/domain'
import { casesAskedAt, type Case } from '../cases.ts'
import { objectOf } from '../json-read.ts'

/** A case as policies are asked it. */
export type Asked = {
  readonly rule: string
  readonly name: string
  readonly input: JsonObject
  /** All of `data.settings`; null where they are the pack’s own. */
  readonly settings: JsonObject | null
}

/** What a rule says of one case: where it applies and its findings, both as sets of canonical texts; null where it does not apply. */
export type Said = {
  readonly applies: readonly string[]
  readonly finding: readonly string[]
} | null

/** The cases as they are asked, over the settings of their pack. One that is no request is an issue. */
export function askedOf(
  cases: readonly Case[],
  settings: JsonObject,
): { readonly asked: readonly Asked[]; readonly issues: readonly Issue[] } {
  const read = cases.map((each) => ({ each, request: readDecisionRequest(each.request).request }))
  return {
    asked: read.flatMap(({ each, request }) => {
      if (request === null) return []
      const input = inputOf(request, casesAskedAt)
      return [{ rule: each.rule, name: each.name, input, settings: caseSettings(each, settings) }]
    }),
    issues: read.flatMap(({ each, request }) =>
      request === null ? [caseIssue(each, 'its request is none that Writ takes')] : [],
    ),
  }
}

/** `data.settings` as a case has it; null where it is the pack’s own. */
export function caseSettings(
  { rule, settings: own }: Case,
  settings: JsonObject,
): JsonObject | null {
  if (Object.keys(own).length === 0) return null
  const kind = rule.split('.')[0] ?? ''
  return { ...settings, [kind]: { ...objectOf(settings[kind]), ...own } }
}

/** What is wrong with a case, at its file. */
export function caseIssue({ rule, name }: Pick<Case, 'rule' | 'name'>, message: string): Issue {
  return { pointer: `${rule.replaceAll('.', '/')}.cases.yaml`, message: `“${name}”: ${message}` }
}

/** `data.settings` of a bundle. */
export function settingsIn(data: Json): JsonObject {
  return objectOf(objectOf(data)?.['settings']) ?? {}
}

/** What is asked together: of one kind, and of one family of documents in config. */
export function familiesOf(asked: readonly Asked[]): readonly (readonly Asked[])[] {
  const familyOf = ({ rule }: Asked): string => rule.split('.').slice(0, -1).join('.')
  return [...Map.groupBy(asked, familyOf).values()]
}
