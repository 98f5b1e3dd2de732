import { bundlePermissions, makeBundles, type Bundles } from './bundles.ts'
import { calls } from './calls.ts'
import { makeApi, routeTo } from './doors.ts'
import { makeFunction, type Wish } from './functions.ts'
import { makeKey } from './key.ts'
import { storePermissions } from './permissions.ts'
import { receiptKeys } from './receipt-keys.ts'
import type { Settings } from './settings.ts'
import type { FunctionName, Stage } from './stage.ts'
import { makeTables, tableEnvironment, type Tables } from './tables.ts'
import { watch } from './watch.ts'
import { makeFold, makeLog, makeSeal } from './workers.ts'

/** Everything that Writ needs on AWS. Each grant is written out: SST's `link` would allow every action on a table. */
export function declare(stage: Stage, { mailTo, ...settings }: Settings) {
  const key = makeKey()
  const tables = makeTables(stage, key)
  const log = makeLog(stage, settings)
  const receipts = receiptKeys(settings.receiptKeys)
  const api = makeApi(stage)
  const environment = {
    ...tableEnvironment(tables),
    ...log.environment,
    WRIT_HOSTS: api.url.apply((url) => new URL(url).host),
    WRIT_CURSOR_KEY: new sst.Secret('CursorKey').value,
    ...receipts.signing,
  }
  const bundles = makeBundles()
  const doors = makeDoors(stage, { tables, key, bundles }, environment)
  const { fold, dead } = makeFold(stage, { tables, key })
  const signing = { ...log.signing, ...receipts.turning }
  const seal = makeSeal(stage, { tables, key }, { ...log, signing })
  routeTo(api, doors)
  watch(stage, { functions: { ...doors, fold, seal }, tables, api, dead, key }, mailTo)
  return {
    api: api.url,
    tables: tableEnvironment(tables),
    bundles: bundles.bucket.name,
    functions: [doors.decide.arn, doors.read.arn, doors.admin.arn, fold.arn, seal.arn],
  }
}

type Store = {
  readonly tables: Tables
  readonly key: aws.kms.Key
  readonly bundles: Bundles
}

/** The functions behind the API. None decides by a bundle that is not kept yet. */
function makeDoors(
  stage: Stage,
  { tables, key, bundles }: Store,
  environment: Wish['environment'],
): Readonly<Record<'decide' | 'read' | 'admin', sst.aws.Function>> {
  const door = (name: FunctionName, more: Partial<Wish> = {}): sst.aws.Function =>
    makeFunction(stage, {
      name,
      timeoutSeconds: 10,
      key,
      ...more,
      environment: { ...environment, ...more.environment },
      permissions: [...storePermissions(tables, key, calls[name]), ...(more.permissions ?? [])],
    })
  return {
    decide: door('decide', { dependsOn: bundles.files }),
    read: door('read', {
      environment: { WRIT_BUNDLES_BUCKET: bundles.bucket.name },
      permissions: bundlePermissions(bundles),
    }),
    admin: door('admin'),
  }
}
