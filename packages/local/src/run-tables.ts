import { makeTables } from './books.ts'
import { readableFault } from './log.ts'

/** Makes the tables of a store and says which; those that stand are left as they are. */
export async function runTables(endpoint: string): Promise<void> {
  try {
    const made = await makeTables(endpoint)
    console.log(made.length === 0 ? 'All tables stand already.' : `Made ${made.join(', ')}.`)
  } catch (thrown) {
    process.stderr.write(`${readableFault(thrown)}\n`)
    process.exitCode = 1
  }
}
