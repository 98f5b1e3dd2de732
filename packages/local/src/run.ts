import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { cacheFolder } from '@writ/compiler'
import { greeting } from './greeting.ts'
import { openHouse, type World } from './house.ts'
import { createLog, readableFault } from './log.ts'
import type { Options } from './options.ts'

/** Two signals in quick succession are one: npm passes on what the terminal has sent to all already. */
const echoMilliseconds = 1000

const write = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const world: World = {
  now: () => new Date(),
  random: (count) => randomBytes(count),
  pause: (milliseconds) => setTimeout(milliseconds),
  clock: () => performance.now(),
  say: write,
  log: createLog(write, () => new Date()),
  surroundings: {
    cacheDir: cacheFolder(process.env, homedir()),
    env: process.env,
    onProgress: write,
  },
}

/** Ends the process when it is asked to; at once when it is asked again. */
function endOnSignal(close: () => Promise<void>): void {
  let asked: number | null = null
  const end = (): void => {
    if (asked !== null && world.clock() - asked > echoMilliseconds) process.exit(130)
    if (asked !== null) return
    asked = world.clock()
    close().then(
      () => process.exit(0),
      (thrown: unknown) => {
        world.log('close', {}, thrown)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}

/** Runs the house until it is asked to end. A house that cannot be opened says why, and the exit code is 1. */
export async function run(options: Options): Promise<void> {
  process.on('uncaughtException', (thrown) => {
    world.log('uncaught', {}, thrown)
    process.exit(1)
  })
  try {
    const house = await openHouse(options, world)
    endOnSignal(house.close)
    console.log(greeting(house.address))
  } catch (thrown) {
    write(readableFault(thrown))
    process.exitCode = 1
  }
}
