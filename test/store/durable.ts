import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { tableNames, type DynamoOptions } from '@writ/dynamo'
import { clientOf, type Running } from './dynamo.ts'
import { startDynamodbLocal } from './dynamodb-local.ts'

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
  const server = dynalite({ path: process.argv[1], createTableMs: 0 })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

export async function startDynaliteOver(folder: string): Promise<Running> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', dynalite, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  // Its own word for its port: on one that somebody chose beforehand another program may answer.
  const [port] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => Promise.reject(new Error('dynalite did not start'))),
  ])
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export function dynamodbLocalOver(jars: string): StartOver {
  return (folder) => startDynamodbLocal(jars, folder)
}
