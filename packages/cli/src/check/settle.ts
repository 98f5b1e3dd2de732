import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'
import type { BaselineOptions } from './baseline.ts'
import { readDefaults } from './defaults.ts'
import type { Defaults } from './defaults-file.ts'
import type { Format } from './format-names.ts'

/** What the command line says of a check; what it leaves out, `writ.yaml` may say. */
export type CheckFlags = BaselineOptions & {
  readonly service?: string | undefined
  readonly environment?: string | undefined
  readonly repository?: string
  readonly server?: string | undefined
  readonly tenant?: string
  readonly timeout: number
  readonly policies?: string | undefined
  readonly data?: readonly string[] | undefined
  readonly changedSince?: string
  readonly format?: Format | undefined
  readonly config?: string | false
  readonly color: boolean
}

/** How a check goes, once flags and defaults are put together. */
export type CheckOptions = CheckFlags & {
  readonly format: Format
  readonly isIgnored: Defaults['isIgnored']
  /** What the defaults set and no flag did, in words: it changes what is found. */
  readonly defaulted: string | null
  /** How a message calls the place that a value came from: `--server`, or `server in writ.yaml:2`. */
  readonly nameOf: (key: Settable) => string
}

/** Keys of which a flag and the file have one each. */
type Settable = 'environment' | 'service' | 'policies' | 'data' | 'baseline' | 'server' | 'format'

/** Flags win over what the repository's `writ.yaml` says. */
export async function settle(flags: CheckFlags, desk: Desk): Promise<CheckOptions> {
  const { values, isIgnored, nameOf, path } = await readDefaults(flags.config, desk)
  const { ignore: _, ...settings } = values
  const settled: CheckOptions = {
    ...settings,
    ...flags,
    format: flags.format ?? values.format ?? 'text',
    isIgnored,
    defaulted: defaultedBy(path, values, flags),
    nameOf: (key) => (flags[key] === undefined ? nameOf(key) : null) ?? `--${key}`,
  }
  refuseBoth(settled)
  return settled
}

const told = ['environment', 'service', 'policies', 'data', 'baseline', 'server'] as const

function defaultedBy(path: string, values: Defaults['values'], flags: CheckFlags): string | null {
  const set = told.filter((key) => values[key] !== undefined && flags[key] === undefined)
  const words = set.map((key) => `${key} ${[values[key]].flat().join(' and ')}`)
  return words.length === 0 ? null : `${path} sets ${words.join(', ')}.`
}

function refuseBoth(options: CheckOptions): void {
  const { server, policies, data, baseline, writeBaseline, changedSince, nameOf } = options
  if (writeBaseline !== undefined && changedSince !== undefined)
    throw exclusive('--write-baseline', '--changed-since', 'what did not change would be forgotten')
  if (server === undefined) return
  // A service is told what is known by waivers, which somebody granted; a file in the repository cannot do so.
  if ((baseline ?? writeBaseline) !== undefined)
    throw exclusive(
      writeBaseline === undefined ? nameOf('baseline') : '--write-baseline',
      nameOf('server'),
      'with a service, grant waivers for what is known',
    )
  if (policies !== undefined)
    throw exclusive(nameOf('policies'), nameOf('server'), 'the service judges by its own policies')
  if (data !== undefined)
    throw exclusive(nameOf('data'), nameOf('server'), 'the service judges by its own settings')
}

function exclusive(one: string, other: string, why: string): Fault {
  const isFlagged = one.startsWith('--') && other.startsWith('--')
  const way = isFlagged ? '' : '; --no-config leaves the file out'
  return new Fault('request-invalid', `${one} and ${other} exclude each other: ${why}${way}`)
}
