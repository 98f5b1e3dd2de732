import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tableNames, type DynamoOptions } from '@writ/dynamo'
import { clientOf, type Running } from './dynamo.ts'
import { freePort, startDynamodbLocal, untilItAnswers } from './dynamodb-local.ts'

/** How the one set of tables of a DynamoDB on disk is opened: one that was killed is not waited for long. */
export function durable(endpoint: string, call = 3000): DynamoOptions {
  return {
    client: clientOf(endpoint),
    tables: tableNames('writ'),
    patience: { call, attempt: call / 2 },
  }
}

/** A DynamoDB that keeps its tables in a folder, in a process of its own: stopping it is killing it. */
export type StartOver = (folder: string) => Promise<Running>

const dynalite = `
  const { default: dynalite } = await import('dynalite')
  const [path, port] = process.argv.slice(1)
  dynalite({ path, createTableMs: 0 }).listen(Number(port), '127.0.0.1')`

export async function startDynaliteOver(folder: string): Promise<Running> {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', dynalite, folder, String(port)],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const ended = once(child, 'close')
  const endpoint = `http://127.0.0.1:${port}`
  await untilItAnswers(endpoint)
  return {
    endpoint,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export function dynamodbLocalOver(jars: string): StartOver {
  return (folder) => startDynamodbLocal(jars, folder)
}
