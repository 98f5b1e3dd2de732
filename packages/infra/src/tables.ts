import { tables as definitions, type TableDefinition, type TableName } from '@writ/dynamo/tables'
import { titled } from './functions.ts'
import type { Stage } from './stage.ts'

export type Tables = { readonly [name in TableName]: sst.aws.Dynamo }

const attributeTypes = { S: 'string', N: 'number', B: 'binary' } as const

/** Every table that the store itself defines: under our key, recoverable to any second of 35 days, and nothing in it expires. */
export function makeTables(stage: Stage, key: aws.kms.Key): Tables {
  const make = (name: TableName): sst.aws.Dynamo =>
    makeTable(stage, key, { name, ...definitions[name] })
  return {
    records: make('records'),
    bodies: make('bodies'),
    waivers: make('waivers'),
    scorecards: make('scorecards'),
    log: make('log'),
    signed: make('signed'),
  }
}

/** What the functions call the tables. */
export function tableEnvironment(tables: Tables): Readonly<Record<string, $util.Output<string>>> {
  const named = Object.entries(tables).map(([name, table]) => [
    `WRIT_${name.toUpperCase()}_TABLE`,
    table.name,
  ])
  return Object.fromEntries(named)
}

function makeTable(
  stage: Stage,
  key: aws.kms.Key,
  { name, attributes, key: primary, indexes, stream }: TableDefinition & { readonly name: string },
): sst.aws.Dynamo {
  const fields = Object.entries(attributes).map(([field, type]) => [field, attributeTypes[type]])
  return new sst.aws.Dynamo(titled(name), {
    fields: Object.fromEntries(fields),
    primaryIndex: keyOf(primary),
    globalIndexes: Object.fromEntries(
      Object.entries(indexes).map(([index, { projected, ...keys }]) => [
        index,
        { ...keyOf(keys), projection: projected === 'keys' ? 'keys-only' : [...projected] },
      ]),
    ),
    ...(stream === null ? {} : { stream: stream === 'keys' ? 'keys-only' : 'new-image' }),
    deletionProtection: stage.keepsRecords,
    transform: {
      table: (args) => {
        args.serverSideEncryption = { enabled: true, kmsKeyArn: key.arn }
        args.pointInTimeRecovery = { enabled: true, recoveryPeriodInDays: 35 }
      },
    },
  })
}

type Keys = { readonly partition: string; readonly sort: string | null }

function keyOf({ partition, sort }: Keys): {
  readonly hashKey: string
  readonly rangeKey?: string
} {
  return sort === null ? { hashKey: partition } : { hashKey: partition, rangeKey: sort }
}
