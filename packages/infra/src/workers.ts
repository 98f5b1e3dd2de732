import { writeVerifierKey, type VerifierKey } from '@writ/ledger'
import { calls } from './calls.ts'
import { makeFunction } from './functions.ts'
import { makeLogKey, onlySigns, type LogKey } from './key.ts'
import { storePermissions } from './permissions.ts'
import type { Settings } from './settings.ts'
import type { Stage } from './stage.ts'
import { tableEnvironment, type Tables } from './tables.ts'
import { makeDeadLetters, wakeFold, wakePermissions, wakeSeal } from './wakes.ts'

type Store = { readonly tables: Tables; readonly key: aws.kms.Key }

/** The function that folds scorecards, with what wakes it and where wake-ups go that were given up. */
export function makeFold(stage: Stage, { tables, key }: Store) {
  const dead = makeDeadLetters()
  const { records } = tables
  const fold = makeFunction(stage, {
    name: 'fold',
    timeoutSeconds: 60,
    environment: tableEnvironment(tables),
    key,
    permissions: [
      ...storePermissions(tables, key, calls.fold),
      ...wakePermissions({ records, dead }),
    ],
  })
  wakeFold({ fold, records, dead })
  return { fold, dead }
}

/** The name of the log, and the keys that sign it: two while it turns. */
export type Log = {
  readonly keys: readonly LogKey[]
  /** What whoever shows or signs the log has to know. */
  readonly environment: Environment
  /** What only the one that signs has to know. */
  readonly signing: Environment
}

type LogSettings = Pick<Settings, 'tenant' | 'logKeys' | 'movedLog' | 'witnesses'>

type Environment = Readonly<Record<string, $util.Input<string>>>

/** A key of the log as functions are told of it. */
type Named = {
  readonly inKms: LogKey | null
  /** Its address in KMS; or itself, while that which came along signs. */
  readonly key: $util.Input<string>
  readonly publicKey: $util.Input<string>
}

export function makeLog({ name }: Stage, settings: LogSettings): Log {
  const { tenant, logKeys, movedLog, witnesses } = settings
  const signing = namedKey(logKeys.current, movedLog)
  const following = logKeys.next === null ? null : namedKey(logKeys.next, movedLog)
  const turning: Environment =
    following === null
      ? {}
      : { WRIT_LOG_NEXT_KEY: following.key, WRIT_LOG_NEXT_PUBLIC_KEY: following.publicKey }
  return {
    keys: [signing, following].flatMap((key) => key?.inKms ?? []),
    environment: {
      WRIT_TENANT: tenant,
      WRIT_LOG: movedLog?.name ?? `${tenant}/writ/${name}`,
      WRIT_LOG_PUBLIC_KEY: signing.publicKey,
    },
    signing: {
      WRIT_LOG_KEY: signing.key,
      ...turning,
      ...(movedLog === null ? {} : { WRIT_MOVED_LOG: writeVerifierKey(movedLog) }),
      ...(witnesses === null ? {} : { WRIT_WITNESSES: witnesses }),
    },
  }
}

function namedKey(number: number, movedLog: VerifierKey | null): Named {
  if (number === 0 && movedLog !== null)
    return {
      inKms: null,
      key: new sst.Secret('MovedLogKey').value,
      publicKey: asKmsTells(movedLog.publicKey),
    }
  const inKms = makeLogKey(number)
  const { publicKey } = aws.kms.getPublicKeyOutput({ keyId: inKms.key.id })
  return { inKms, key: inKms.key.arn, publicKey }
}

/** SubjectPublicKeyInfo of RFC 8410, in base64. */
function asKmsTells(publicKey: Uint8Array): string {
  return Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]).toString(
    'base64',
  )
}

/** The function that seals, and its clock. No other may sign: the key itself says so. */
export function makeSeal(stage: Stage, { tables, key }: Store, log: Log): sst.aws.Function {
  const seal = makeFunction(stage, {
    name: 'seal',
    timeoutSeconds: 60,
    environment: { ...tableEnvironment(tables), ...log.environment, ...log.signing },
    key,
    permissions: [
      ...storePermissions(tables, key, calls.seal),
      { actions: ['kms:Sign'], resources: log.keys.map(({ key: { arn } }) => arn) },
    ],
  })
  for (const each of log.keys) onlySigns(each, seal)
  wakeSeal(seal)
  return seal
}
