import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Running } from './dynamo.ts'

/** Starts AWS's own DynamoDB for a machine from the folder where `npm test` has put it: in memory, or over a folder. */
export async function startDynamodbLocal(folder: string, data?: string): Promise<Running> {
  const port = await freePort()
  const main = 'software.amazon.dynamodb.services.local.main.ServerRunner'
  const kept = data === undefined ? ['-inMemory'] : ['-dbPath', data, '-sharedDb']
  const child = spawn(
    'java',
    [`-Djava.library.path=${folder}`, '-Xmx512m', '-cp', join(folder, '*'), main, ...kept, '-port', String(port), '-disableTelemetry'],
    { stdio: 'ignore' },
  ) // prettier-ignore
  const ended = once(child, 'close')
  const endpoint = `http://127.0.0.1:${port}`
  try {
    await untilItAnswers(endpoint)
  } catch (thrown) {
    child.kill('SIGKILL')
    throw thrown
  }
  return {
    endpoint,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function untilItAnswers(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const answered = await fetch(endpoint).catch(() => null)
    if (answered !== null) return
    await sleep(100)
  }
  throw new Error('DynamoDB Local did not answer within a minute')
}
