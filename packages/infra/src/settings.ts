import { readVerifierKey, type VerifierKey } from '@writ/ledger'

/** What is not the same for everybody who deploys Writ, read from the environment once. */
export type Settings = {
  readonly region: aws.Region
  /** Who is told of alarms and of the budget. */
  readonly mailTo: string
  /** The tenant whose records this deployment keeps. */
  readonly tenant: string
  readonly logKeys: KeyNumbers
  /** The key by which the log began on another machine; null where it begins here. */
  readonly movedLog: VerifierKey | null
  readonly receiptKeys: KeyNumbers
  /** A policy of C2SP tlog-policy that names the witnesses to ask; null where there are none. */
  readonly witnesses: string | null
}

/** Which key of its kind signs and, while it turns, which follows. The one that began a log on another machine has the number 0. */
export type KeyNumbers = { readonly current: number; readonly next: number | null }

const wanted = {
  WRIT_AWS_REGION: { like: /^[a-z]{2}(-[a-z]+)+-\d$/, example: 'eu-west-1' },
  WRIT_ALARM_EMAIL: { like: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, example: 'platform@example.com' },
  WRIT_TENANT: { like: /^[a-z][a-z0-9-]{0,62}$/, example: 'acme' },
} as const

/** The settings, or one error that names every variable that is missing or wrong, with an example of each. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const mistakes: string[] = Object.entries(wanted)
    .filter(([name, { like }]) => !like.test(environment[name] ?? ''))
    .map(
      ([name, { example }]) =>
        `${name} ${environment[name] === undefined ? 'is not set' : `is ${environment[name]}`}; write for example ${name}=${example}`,
    )
  const { WRIT_AWS_REGION: region = '', WRIT_ALARM_EMAIL = '', WRIT_TENANT = '' } = environment
  const log = logIn(environment)
  if ('mistakes' in log) mistakes.push(...log.mistakes)
  if ('mistakes' in log || mistakes.length > 0 || !isRegion(region))
    throw new Error(`Writ cannot be deployed like this:\n${mistakes.join('\n')}`)
  return { region, mailTo: WRIT_ALARM_EMAIL, tenant: WRIT_TENANT, ...log }
}

type LogSettings = Pick<Settings, 'logKeys' | 'movedLog' | 'receiptKeys' | 'witnesses'>

/** What is said of the log and of the keys beside it, or all that is wrong with it. */
function logIn(
  environment: Readonly<Record<string, string | undefined>>,
): LogSettings | { readonly mistakes: readonly string[] } {
  const logKeys = keyNumbersIn(environment['WRIT_LOG_KEYS'] ?? '1')
  const movedLog = movedLogIn(environment['WRIT_MOVED_LOG'] ?? null)
  const receiptKeys = receiptKeysIn(environment['WRIT_RECEIPT_KEYS'] ?? '1')
  const mistakes = logMistakes(logKeys, movedLog)
  if (receiptKeys === null) mistakes.push(wantedNumbers('WRIT_RECEIPT_KEYS'))
  if (!logKeys || !receiptKeys || movedLog === undefined || mistakes.length > 0) return { mistakes }
  return { logKeys, movedLog, receiptKeys, witnesses: environment['WRIT_WITNESSES'] ?? null }
}

function logMistakes(
  logKeys: KeyNumbers | null,
  movedLog: VerifierKey | null | undefined,
): string[] {
  const isBegunElsewhere = logKeys?.current === 0
  return [
    ...(logKeys === null ? [wantedNumbers('WRIT_LOG_KEYS')] : []),
    ...(movedLog === undefined
      ? [
          'WRIT_MOVED_LOG is the line of log.vkey in the data folder of the machine that the log comes from',
        ]
      : []),
    ...(isBegunElsewhere && movedLog === null
      ? ['WRIT_LOG_KEYS has the key 0, which begins a log elsewhere: set WRIT_MOVED_LOG too']
      : []),
  ]
}

function wantedNumbers(name: string): string {
  return `${name} is the number of the key that signs, or while it turns that and the next: write 1, then 1,2, then 2`
}

/** No key of the receipts has the number 0: one that came from a machine is the first here. */
function receiptKeysIn(text: string): KeyNumbers | null {
  const numbers = keyNumbersIn(text)
  return numbers?.current === 0 ? null : numbers
}

function keyNumbersIn(text: string): KeyNumbers | null {
  const { current, next } =
    /^(?<current>0(?=,)|[1-9]\d{0,3})(?:,(?<next>[1-9]\d{0,3}))?$/.exec(text)?.groups ?? {}
  if (current === undefined) return null
  if (next === undefined) return { current: Number(current), next: null }
  return Number(next) === Number(current) + 1
    ? { current: Number(current), next: Number(next) }
    : null
}

/** Undefined where the text is no such line. */
function movedLogIn(text: string | null): VerifierKey | null | undefined {
  try {
    return text === null ? null : readVerifierKey(text)
  } catch {
    return undefined
  }
}

/** The list of regions grows; what is not one, AWS refuses. */
function isRegion(text: string): text is aws.Region {
  return wanted.WRIT_AWS_REGION.like.test(text)
}
