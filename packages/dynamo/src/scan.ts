import type { Connection, Queried } from './connection.ts'
import type { Item } from './item.ts'
import type { TableName } from './tables.ts'

export type Scanned = {
  readonly table: TableName
  /** The only attributes that are read; all when absent. */
  readonly attributes?: readonly string[]
}

/** Every item of a table, in no order, each as it stands when its page is read. No request of a house asks for that. */
export async function* everyItem(
  { session }: Connection,
  { table, attributes }: Scanned,
): AsyncGenerator<Item, void> {
  let start: Item | undefined
  do {
    const { items, more }: Queried = await session().scan(table, {
      ConsistentRead: true,
      ...(attributes === undefined ? {} : projecting(attributes)),
      ...(start === undefined ? {} : { ExclusiveStartKey: { ...start } }),
    })
    yield* items
    start = more
  } while (start !== undefined)
}

/** By other names, since some of them are words of DynamoDB's own. */
function projecting(attributes: readonly string[]) {
  const names = attributes.map((name, place): [string, string] => [`#${place}`, name])
  return {
    ProjectionExpression: names.map(([alias]) => alias).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names),
  }
}
