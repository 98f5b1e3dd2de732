import { ladder, type CheckResult, type Scorecard } from './scorecard.ts'

type Fields = { readonly [name: string]: unknown }

/** Tells whether what a store has kept is a scorecard of this release's form. */
export function isScorecard(value: unknown): value is Scorecard {
  return (
    isObject(value) &&
    isText(value['entity']) &&
    isLevel(value['level']) &&
    isLevel(value['levelWithoutExemptions']) &&
    (value['nextLevel'] === null || isLevel(value['nextLevel'])) &&
    isTextOrNull(value['nextStep']) &&
    isListOf(value['checks'], isCheck) &&
    isSource(value['from'])
  )
}

function isCheck(value: unknown): value is CheckResult {
  return (
    isObject(value) &&
    ['check', 'title', 'message'].every((name) => isText(value[name])) &&
    statuses.some((status) => status === value['status']) &&
    isLevel(value['level']) &&
    isTextOrNull(value['nextStep']) &&
    isListOf(value['records'], isText)
  )
}

const statuses: readonly CheckResult['status'][] = [
  ...(['pass', 'fail', 'warn', 'exempt'] as const),
  ...(['not_applicable', 'no_evidence', 'error'] as const),
]

function isSource(value: unknown): value is Scorecard['from'] {
  if (!isObject(value)) return false
  const { records, newest, truncated } = value
  const isPlace = isObject(newest) && isText(newest['at']) && isText(newest['id'])
  return (
    typeof records === 'number' && typeof truncated === 'boolean' && (newest === null || isPlace)
  )
}

function isLevel(value: unknown): value is Scorecard['level'] {
  return ladder.some((level) => level === value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value)
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function isListOf<T>(value: unknown, is: (member: unknown) => member is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is)
}
