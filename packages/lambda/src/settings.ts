import { Fault } from '@writ/domain'
import { ed25519Signer, readSignerKey, type Signer } from '@writ/ledger'

/** Reads one variable's text; null where the text is not one. */
export type Setting<Value> = {
  readonly read: (text: string) => Value | null
  /** What the text must be, for whoever set it wrong. */
  readonly wants: string
  /** True where the variable may be missing: its value is null then. */
  readonly isOptional?: boolean
}

export type Settings<Known extends Readonly<Record<string, Setting<unknown>>>> = {
  readonly [Name in keyof Known]: Known[Name] extends Setting<infer Value> ? Value : never
}

type Environment = Readonly<Record<string, string | undefined>>

const prefix = 'WRIT_'

/** True where Lambda starts the function ahead of its events: nobody waits for the start, and what it does is paid anyway. */
export function isKeptWarm(env: Environment): boolean {
  return env['AWS_LAMBDA_INITIALIZATION_TYPE'] === 'provisioned-concurrency'
}

export const aText: Setting<string> = {
  read: (text) => (text === '' ? null : text),
  wants: 'must not be empty',
}

export const aList: Setting<readonly string[]> = {
  read: (text) => (/^[^,\s]+(,[^,\s]+)*$/.test(text) ? text.split(',') : null),
  wants: 'must be one or more names with commas and no spaces between them',
}

export const aSecret: Setting<Uint8Array> = {
  read: (text) => (/^([0-9a-f]{2}){32,}$/.test(text) ? Buffer.from(text, 'hex') : null),
  wants: 'must be at least 32 bytes in lower-case hexadecimal',
}

/** An Ed25519 key that signs under a name: its seed, or the line of a house's `receipts.key`, which has the name in it. */
export const aSigningKey: Setting<(name: string) => Signer> = {
  read: (text) => {
    if (/^([0-9a-f]{2}){32}$/.test(text))
      return (name) => ed25519Signer(name, Buffer.from(text, 'hex'))
    const signer = signerIn(text.trimEnd())
    return signer === null ? null : (name) => named(signer, name)
  },
  wants: 'must be 32 bytes in lower-case hexadecimal, or the line of a key file',
}

function signerIn(text: string): Signer | null {
  try {
    return readSignerKey(text)
  } catch {
    return null // whatever was read of a secret is told to nobody
  }
}

function named(signer: Signer, name: string): Signer {
  if (signer.key.name === name) return signer
  throw new Fault(
    'start-refused',
    `A key of ${signer.key.name} was given where one of ${name} signs`,
  )
}

/** An Ed25519 key as KMS tells it: what stands before its 32 bytes is the same for each (RFC 8410). */
export const aPublicKey: Setting<Uint8Array> = {
  read: (text) => {
    const bytes = Buffer.from(text, 'base64')
    const isOne =
      bytes.length === 44 && bytes.toString('hex').startsWith('302a300506032b6570032100')
    return isOne ? new Uint8Array(bytes.subarray(12)) : null
  },
  wants: 'must be an Ed25519 public key in base64, as SubjectPublicKeyInfo',
}

/** A variable that may be missing. */
export function optional<Value>(setting: Setting<Value>): Setting<Value | null> {
  return { ...setting, isOptional: true }
}

/**
 * Reads the variables of a function's environment, all of them. Missing, unknown and wrong ones are named at once, and
 * never by their values.
 */
export function readSettings<Known extends Readonly<Record<string, Setting<unknown>>>>(
  env: Environment,
  known: Known,
): Settings<Known> {
  const values: Record<string, unknown> = {}
  const mistakes: string[] = []
  for (const [name, setting] of Object.entries(known)) {
    const amiss = amissIn(env[name], setting)
    if (amiss !== null) mistakes.push(`${name} ${amiss}`)
    values[name] = setting.read(env[name] ?? '')
  }
  for (const name of Object.keys(env).toSorted())
    if (name.startsWith(prefix) && !(name in known))
      mistakes.push(`${name} is not a variable of this function`)
  if (mistakes.length > 0)
    throw new Fault(
      'start-refused',
      `The environment of this function is not right: ${mistakes.join('; ')}`,
    )
  if (isComplete(values, known)) return values
  throw new Fault('internal', 'A variable was read and lost')
}

function amissIn(text: string | undefined, { read, wants, isOptional }: Setting<unknown>) {
  if (text === undefined) return isOptional === true ? null : 'is missing'
  return read(text) === null ? wants : null
}

function isComplete<Known extends Readonly<Record<string, Setting<unknown>>>>(
  values: Record<string, unknown>,
  known: Known,
): values is Settings<Known> {
  return Object.keys(known).every((name) => name in values)
}
