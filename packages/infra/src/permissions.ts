import { operations, type PortMethod } from '@writ/dynamo/operations'
import { withKey } from './key.ts'
import type { Tables } from './tables.ts'

type Permission = sst.aws.FunctionPermissionArgs

/**
 * What a function may do with the store: for each port method that its code calls, the actions that the store declares to
 * send for it, on exactly those tables and indexes. The store's own tests prove that declaration against what it sends.
 */
export function storePermissions(
  tables: Tables,
  key: aws.kms.Key,
  methods: readonly PortMethod[],
): readonly Permission[] {
  const actions = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']
  return [...onTables(tables, methods), withKey(key, 'dynamodb', actions)]
}

function onTables(tables: Tables, methods: readonly PortMethod[]): readonly Permission[] {
  const calls = methods.flatMap((method) => operations[method])
  const targets = Map.groupBy(calls, ({ table, index, attributes }) =>
    [table, index ?? '', ...(attributes ?? [])].join('/'),
  )
  return [...targets.values()].map((grouped) => {
    const [{ table, index, attributes }] = grouped
    const { arn } = tables[table]
    return {
      actions: [...new Set<string>(grouped.map(({ action }) => `dynamodb:${action}`))].toSorted(),
      resources: [index === null ? arn : $interpolate`${arn}/index/${index}`],
      ...(attributes === null ? {} : { conditions: [naming(attributes)] }),
    }
  })
}

/** That a request names these attributes of an item and no others. */
function naming(attributes: readonly string[]) {
  return {
    test: 'ForAllValues:StringEquals',
    variable: 'dynamodb:Attributes',
    values: [...attributes],
  }
}
