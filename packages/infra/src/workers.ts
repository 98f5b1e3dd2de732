import { calls } from './calls.ts'
import { makeFunction } from './functions.ts'
import { makeLogKey } from './key.ts'
import { storePermissions } from './permissions.ts'
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
    permissions: [
      ...storePermissions(tables, key, calls.fold),
      ...wakePermissions({ records, dead }),
    ],
  })
  wakeFold({ fold, records, dead })
  return { fold, dead }
}

/** The name of the log, and the key that signs it. */
export type Log = {
  readonly key: aws.kms.Key
  /** What whoever shows or signs the log has to know. */
  readonly environment: Readonly<Record<string, $util.Input<string>>>
}

export function makeLog({ name }: Stage, tenant: string): Log {
  const key = makeLogKey()
  const { publicKey } = aws.kms.getPublicKeyOutput({ keyId: key.id })
  const environment = { WRIT_LOG: `${tenant}/writ/${name}`, WRIT_LOG_PUBLIC_KEY: publicKey }
  return { key, environment }
}

/** The function that seals, and its clock. No other may sign. */
export function makeSeal(stage: Stage, { tables, key }: Store, log: Log): sst.aws.Function {
  const seal = makeFunction(stage, {
    name: 'seal',
    timeoutSeconds: 60,
    environment: { ...tableEnvironment(tables), ...log.environment, WRIT_LOG_KEY: log.key.arn },
    permissions: [
      ...storePermissions(tables, key, calls.seal),
      { actions: ['kms:Sign'], resources: [log.key.arn] },
    ],
  })
  wakeSeal(seal)
  return seal
}
