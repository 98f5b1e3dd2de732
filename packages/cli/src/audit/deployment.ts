import { accessIn, regionIn, type Access } from '@writ/aws'
import { Fault } from '@writ/domain'
import {
  openSignedDynamoLog,
  openSignedDynamoStore,
  tables,
  type DynamoLog,
  type DynamoStore,
  type TableNames,
} from '@writ/dynamo'
import { readFileSync } from 'node:fs'
import type { Desk } from '../desk.ts'

/** Nobody waits for an answer here, and a new table takes only so much at a time. */
const patience = { call: 120_000, attempt: 30_000 }

/**
 * The tables of a deployment, as `sst deploy` tells of them in `.sst/outputs.json`, asked with the AWS credentials of the
 * environment. Throws the Fault `request-invalid` on a file that does not name them all.
 */
export function openDeployment(file: string, env: Desk['env']): DynamoStore & DynamoLog {
  const outputs = outputsIn(file)
  const access = accessTo(outputs.api, env)
  const options = { tables: outputs.tables, patience }
  const [store, log] = [
    openSignedDynamoStore(access, options),
    openSignedDynamoLog(access, options),
  ]
  return {
    ...store,
    ...log,
    close: () => {
      store.close()
      log.close()
    },
  }
}

/** The region is in the address that AWS gives. */
function accessTo(api: string, env: Desk['env']): Access<'dynamodb'> {
  const named = regionIn(api)
  return accessIn('dynamodb', { ...env, ...(named === null ? {} : { AWS_REGION: named }) })
}

type Outputs = { readonly api: string; readonly tables: TableNames }

function outputsIn(file: string): Outputs {
  const outputs = membersOf(jsonIn(file))
  const named = membersOf(outputs['tables'])
  const names = Object.keys(tables).map((table) => {
    const name = named[`WRIT_${table.toUpperCase()}_TABLE`]
    if (typeof name === 'string' && name !== '') return [table, name] as const
    throw mistaken(file, `it names no table of ${table}`)
  })
  const found: Readonly<Record<string, string>> = Object.fromEntries(names)
  if (!isWhole(found)) throw mistaken(file, 'it names no tables')
  const { api } = outputs
  if (typeof api !== 'string') throw mistaken(file, 'it names no address of an API')
  return { api, tables: found }
}

function isWhole(names: Readonly<Record<string, string>>): names is TableNames {
  return Object.keys(tables).every((table) => table in names)
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw mistaken(file, 'it cannot be read', cause)
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function mistaken(file: string, why: string, cause?: unknown): Fault {
  const message = `${file} is not what sst deploy writes to .sst/outputs.json: ${why}`
  return new Fault('request-invalid', message, { cause })
}
