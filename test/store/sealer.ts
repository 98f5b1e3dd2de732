import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Fault } from '@writ/domain'
import { openDynamoStore } from '@writ/dynamo'
import { createSeal, type LogStore } from '@writ/service'
import { openStore } from '@writ/sqlite'
import { aLogSigner, steadily } from '@writ/testkit'
import { logMemory } from '../../packages/local/src/log-key.ts'
import { durable } from './durable.ts'

/** Seals until it is killed, and says each call of the store before it makes it. One that halts ends with code 7. */
const [where = '', folder = ''] = process.argv.slice(2)
const { log } = where.startsWith('http:') ? openDynamoStore(durable(where)) : openStore(where)

/** The same store; whoever reads along knows where to kill. */
const told: LogStore = new Proxy(log, {
  get: (target, name) => {
    process.stdout.write(`${String(name)}\n`)
    return Reflect.get(target, name)
  },
})

const seal = createSeal({
  log: told,
  ...steadily(aLogSigner),
  memory: logMemory(folder, (count) => randomBytes(count)),
  newAttempt: () => randomBytes(16).toString('hex'),
  batch: 16,
})
for (;;)
  try {
    if (!(await seal()).again) await setTimeout(20)
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'log-halted') {
      process.stderr.write(`${thrown.message}\n`)
      process.exit(7)
    }
    await setTimeout(50)
  }
