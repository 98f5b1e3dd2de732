import { faultOf } from '@writ/domain'
import { malformed } from '../malformed.ts'
import { hasControl, readDecimal } from './text.ts'
import { readVerifierKey, signatureTypes, type VerifierKey } from './keys.ts'

/** A key that cosigns, and where it is asked to; null where the policy does not say. */
export type Witness = VerifierKey & { readonly url: string | null }

/** Whom to trust: a file of C2SP tlog-policy. */
export type TrustPolicy = {
  readonly logs: readonly VerifierKey[]
  readonly witnesses: readonly Witness[]
  /** True when these witnesses are enough. */
  readonly isQuorum: (cosigners: readonly VerifierKey[]) => boolean
}

type Holds = (cosigned: ReadonlySet<string>) => boolean

type Draft = {
  readonly logs: VerifierKey[]
  readonly witnesses: Witness[]
  /** Witnesses and groups, by name. */
  readonly members: Map<string, Holds>
  /** Those that are a member of some group already. */
  readonly taken: Set<string>
  quorum: Holds | null
}

/** Throws the Fault `log-malformed` on the first line that is amiss, by its number. */
export function readTrustPolicy(text: string): TrustPolicy {
  const draft: Draft = {
    logs: [],
    witnesses: [],
    members: new Map(),
    taken: new Set(),
    quorum: null,
  }
  for (const [place, line] of text.split('\n').entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (words.length === 0 || words[0]?.startsWith('#') === true) continue
    const why = hasControl(line, '\t') ? 'it has control characters' : amissIn(draft, words)
    if (why !== null) throw malformed('trust policy', `line ${place + 1}: ${why}`)
  }
  const { logs, witnesses, quorum } = draft
  if (quorum === null)
    throw malformed('trust policy', 'it names no quorum; “quorum none” asks for no witness')
  return {
    logs,
    witnesses,
    isQuorum: (cosigners) => quorum(new Set(cosigners.map(materialOf))),
  }
}

function amissIn(draft: Draft, words: readonly string[]): string | null {
  try {
    return takeLine(draft, words)
  } catch (thrown) {
    return faultOf(thrown).message
  }
}

/** Takes one line in; gives what is amiss with it. */
function takeLine(draft: Draft, [word = '', ...rest]: readonly string[]): string | null {
  if (word === 'log') return takeLog(draft, rest)
  if (word === 'witness') return takeWitness(draft, rest)
  if (word === 'group') return takeGroup(draft, rest)
  if (word === 'quorum') return takeQuorum(draft, rest)
  return `it must begin with log, witness, group or quorum, not ${word}`
}

function takeLog({ logs }: Draft, [vkey = '', ...more]: readonly string[]): string | null {
  const key = readVerifierKey(vkey)
  if (more.length > 1) return 'a log has a verifier key and at most a URL'
  if (key.type !== signatureTypes.ed25519) return 'a log signs with a key of type 1'
  if (isAmong(logs, key)) return 'this log is named twice'
  logs.push(key)
  return null
}

function takeWitness(
  draft: Draft,
  [name = '', vkey = '', ...more]: readonly string[],
): string | null {
  const key = readVerifierKey(vkey)
  if (more.length > 1) return 'a witness has a name, a verifier key and at most a URL'
  if (key.type !== signatureTypes.cosignature) return 'a witness signs with a key of type 4'
  if (isAmong(draft.witnesses, key)) return 'this witness is named twice'
  const url = more[0]?.replace(/\/+$/, '') ?? null
  if (url !== null && !addressForm.test(url)) return 'the URL of a witness must be http or https'
  draft.witnesses.push({ ...key, url })
  return define(draft, name, (cosigned) => cosigned.has(materialOf(key)))
}

const addressForm = /^https?:\/\/\S+$/

function takeGroup(
  draft: Draft,
  [name = '', threshold = '', ...members]: readonly string[],
): string | null {
  const holds: Holds[] = []
  for (const member of members) {
    const found = draft.members.get(member)
    if (found === undefined) return `${member} is not defined on a line before`
    if (draft.taken.has(member)) return `${member} is a member of a group already`
    draft.taken.add(member)
    holds.push(found)
  }
  const least = leastOf(threshold, holds.length)
  if (least === null) return 'a group has “all”, “any” or a number from 1 to that of its members'
  return define(draft, name, (cosigned) => holds.filter((one) => one(cosigned)).length >= least)
}

function takeQuorum(draft: Draft, [name = '', ...more]: readonly string[]): string | null {
  if (more.length > 0) return 'a quorum has one name'
  if (draft.quorum !== null) return 'there is one quorum only'
  draft.quorum = name === 'none' ? () => true : (draft.members.get(name) ?? null)
  return draft.quorum === null ? `${name} is not defined on a line before` : null
}

function define({ members }: Draft, name: string, holds: Holds): string | null {
  if (name === '' || name === 'none' || members.has(name))
    return `the name “${name}” is taken or empty`
  members.set(name, holds)
  return null
}

function leastOf(threshold: string, count: number): number | null {
  const least = { all: count, any: 1 }[threshold] ?? readDecimal(threshold)
  return least !== null && least >= 1 && least <= count ? least : null
}

/** Keys are the same when their bytes are, whatever they are called. */
function isAmong(keys: readonly VerifierKey[], key: VerifierKey): boolean {
  return keys.some((one) => materialOf(one) === materialOf(key))
}

function materialOf({ publicKey }: VerifierKey): string {
  return Buffer.from(publicKey).toString('hex')
}
