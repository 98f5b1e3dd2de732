import { digestOf, type Entry } from '@writ/ledger'
import { openDynamoStore } from '@writ/dynamo'
import { openStore } from '@writ/sqlite'
import { anEntry } from '@writ/testkit'
import { durable } from './durable.ts'

/** Appends until it is killed, its store is gone, or so many entries, and says of each that was acknowledged which bytes stand. */
const [where = '', prefix = '', count = 'Infinity', patience = '3000'] = process.argv.slice(2)
const lanes = 8
const store = where.startsWith('http:')
  ? openDynamoStore(durable(where, Number(patience)))
  : openStore(where)

async function lane(number: number): Promise<void> {
  for (let n = number; n < Number(count); n += lanes) say(await store.records.append(entryOf(n)))
}

/** Bodies of many sizes, so that a torn write would be seen; some are about no service, some break rules. */
function entryOf(number: number): Entry {
  return anEntry({
    id: `${prefix}${number}`,
    content: `${prefix}${number} `.repeat(1 + ((number * 37) % 900)),
    facets: { rules: number % 3 === 0 ? ['deploy.a', 'deploy.b'] : [] },
  })
}

function say({ id, leaf, body }: Entry): void {
  process.stdout.write(`${id} ${digestOf(leaf)} ${digestOf(body.content)}\n`)
}

await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
await Promise.resolve(store.close())
