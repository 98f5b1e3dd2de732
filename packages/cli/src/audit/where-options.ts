import type { Command } from 'commander'
import { tenantOption, textOf, timeoutOption } from '../command-line.ts'
import type { Desk } from '../desk.ts'

/** Below the help of each command. */
export const codes = `
Exit codes: 0 verified or done, 1 tampering is proven (both statements are printed), 2 cannot be verified, 3 a mistake in
the usage.
`

/** Where to look, beside the folder of an export. */
export function addWhere(command: Command, { env }: Desk): Command {
  return command
    .option('--data <folder>', 'the data folder of a house, which may be running', textOf)
    .option('--server <url>', 'a service; it shows the records of one tenant', textOf)
    .option('--dynamodb-endpoint <url>', 'a DynamoDB of one’s own that keeps the records', textOf)
    .option('--purpose <text>', 'why you read, which a service records with what you read', textOf)
    .addOption(tenantOption(env))
    .addOption(timeoutOption())
}
