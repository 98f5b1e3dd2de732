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

type LogSettings = Pick<Settings, 'tenant' | 'logKeys' | 'witnesses'>

type Environment = Readonly<Record<string, $util.Input<string>>>

export function makeLog({ name }: Stage, { tenant, logKeys, witnesses }: LogSettings): Log {
  const { current, next } = logKeys
  const [signing, following] = [makeLogKey(current), next === null ? null : makeLogKey(next)]
  const publicOf = ({ key: { id } }: LogKey) => aws.kms.getPublicKeyOutput({ keyId: id }).publicKey
  const turning: Environment =
    following === null
      ? {}
      : { WRIT_LOG_NEXT_KEY: following.key.arn, WRIT_LOG_NEXT_PUBLIC_KEY: publicOf(following) }
  return {
    keys: following === null ? [signing] : [signing, following],
    environment: {
      WRIT_TENANT: tenant,
      WRIT_LOG: `${tenant}/writ/${name}`,
      WRIT_LOG_PUBLIC_KEY: publicOf(signing),
    },
    signing: {
      WRIT_LOG_KEY: signing.key.arn,
      ...turning,
      ...(witnesses === null ? {} : { WRIT_WITNESSES: witnesses }),
    },
  }
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
