import { caseSettings, casesAskedAt, patched, type Case } from '@writ/compiler'
import { readDecisionRequest, type BundleFiles } from '@writ/contract'
import { isList, type Json, type JsonObject, type RuleVerdict } from '@writ/domain'
import { loadBundle } from '@writ/engine'
import { canonicalBytes, canonicalText } from '@writ/ledger'
import { mistakesOf, type Bundle } from '@writ/service'

/** The verdict of a case’s rule on a request; null where the request is refused as a whole. */
export type CaseJudge = (each: Case, request: Json) => RuleVerdict | null

/** Judges as the product does, by the compiled modules. */
export function createCaseJudge(built: BundleFiles): CaseJudge {
  const own: JsonObject = JSON.parse(Buffer.from(built.files.get('data.json') ?? '{}').toString())
  const settings = own['settings']
  const base =
    typeof settings === 'object' && settings !== null && !isList(settings) ? settings : {}
  const loaded = new Map<string, Bundle>()
  const bundleOf = (each: Case): Bundle => {
    const data = { settings: caseSettings(each, base) ?? base }
    const key = canonicalText(data)
    const files = new Map([...built.files, ['data.json', canonicalBytes(data)]])
    const bundle = loaded.get(key) ?? loadBundle({ ...built, files })
    loaded.set(key, bundle)
    return bundle
  }
  return (each, value) => {
    const submitted = readDecisionRequest(value)
    const bundle = bundleOf(each)
    if (submitted.request === null || mistakesOf(bundle, submitted).length > 0) return null
    const verdicts = bundle.evaluate(submitted.request, casesAskedAt)
    return verdicts.find(({ rule }) => rule.id === each.rule) ?? null
  }
}

/** What a case promises and its rule does not keep: its verdict, what is read, and that the fix mends it. */
export function failuresOf(each: Case, judge: CaseJudge): readonly string[] {
  const judged = judge(each, each.request)
  if (judged === null) return ['its request is refused']
  if (judged.verdict !== each.verdict) {
    const why = judged.reason === null ? '' : ` (${judged.reason})`
    return [`the verdict is ${judged.verdict}, and not ${each.verdict}${why}`]
  }
  const complaints = judged.complaints.map((complaint) => ({ ...complaint }))
  const unread = each.reads.filter((reading) => !complaints.some((said) => holds(said, reading)))
  const unforeseen = complaints.filter(
    (said) => !each.reads.some((reading) => holds(said, reading)),
  )
  return [
    ...unread.map(({ message }) => `nobody reads “${message}”`),
    ...unforeseen.map(({ message }) => `somebody also reads “${message}”`),
    ...(each.verdict === 'fail' ? unfixed(each, judge) : []),
  ]
}

function holds(said: { readonly [name: string]: Json }, reading: Case['reads'][number]): boolean {
  return Object.entries(reading).every(([name, value]) => said[name] === value)
}

function unfixed(each: Case, judge: CaseJudge): readonly string[] {
  const after = judge(each, patched(each.request, each.fix))?.verdict ?? 'refused'
  return after === 'pass' ? [] : [`after its fix the verdict is ${after}`]
}

/** The facts of a request that its rule fails, and without which nothing would stop it: leaving one out would help. */
export function helpfulRemovals(each: Case, judge: CaseJudge): readonly string[] {
  const isConfig = each.rule.startsWith('config.') // what a document does not hold is what it says
  if (each.verdict !== 'fail' || isConfig) return []
  return pathsIn(each.request, '').filter((path) => {
    const left = judge(each, patched(each.request, [{ op: 'remove', path }]))
    return left !== null && (left.verdict === 'pass' || left.verdict === 'not_applicable')
  })
}

function pathsIn(value: Json, at: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const members = isList(value) ? [...value.entries()] : Object.entries(value)
  return members.flatMap(([key, member]) => {
    const path = `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
    return [path, ...pathsIn(member, path)]
  })
}
