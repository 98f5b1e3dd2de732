import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { accessIn } from '@writ/aws'
import {
  openSignedDynamoLog,
  openSignedDynamoStore,
  type DynamoLog,
  type DynamoStore,
  type StoreOptions,
} from '@writ/dynamo'
import { aText, createLog, createMetrics, type EdgeParts, type Metrics } from '@writ/lambda'

/** The tables as they are called where this function runs. */
export const tableSettings = {
  WRIT_RECORDS_TABLE: aText,
  WRIT_BODIES_TABLE: aText,
  WRIT_WAIVERS_TABLE: aText,
  WRIT_SCORECARDS_TABLE: aText,
  WRIT_LOG_TABLE: aText,
  WRIT_SIGNED_TABLE: aText,
} as const

type TableSettings = { readonly [name in keyof typeof tableSettings]: string }

/** Region, credentials and endpoint are what Lambda says of them in the environment. */
export function openStore(settings: TableSettings, metrics: Metrics): DynamoStore {
  return openSignedDynamoStore(accessIn('dynamodb', process.env), optionsOf(settings, metrics))
}

export function openLog(settings: TableSettings, metrics: Metrics): DynamoLog {
  return openSignedDynamoLog(accessIn('dynamodb', process.env), optionsOf(settings, metrics))
}

function optionsOf(settings: TableSettings, metrics: Metrics): StoreOptions {
  return {
    tables: {
      records: settings.WRIT_RECORDS_TABLE,
      bodies: settings.WRIT_BODIES_TABLE,
      waivers: settings.WRIT_WAIVERS_TABLE,
      scorecards: settings.WRIT_SCORECARDS_TABLE,
      log: settings.WRIT_LOG_TABLE,
      signed: settings.WRIT_SIGNED_TABLE,
    },
    metrics: {
      consumed: ({ table, kind, units }) => metrics.add(`${table} ${kind} units`, units, 'Count'),
    },
  }
}

const now = (): Date => new Date()

/** What no use case may make up by itself. */
export const sources = {
  now,
  random: (count: number): Uint8Array => randomBytes(count),
  pause: (milliseconds: number) => setTimeout(milliseconds),
}

/** Logs and metrics leave as lines of JSON on standard output, which Lambda passes on as they are. */
export function edgeParts(functionName: string): EdgeParts {
  const write = (line: string): void => void process.stdout.write(`${line}\n`)
  const metrics = createMetrics({ functionName, write, now })
  return { log: createLog(write, now), metrics, clock: () => process.uptime() * 1000 }
}
