import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const usualBeatMs = 2_000
/** So many beats without a sign of life, and the holder is taken for dead: far more than a busy machine delays one. */
const patience = 15

type Locked<T> = {
  /** Looked at before building, and again after waiting for somebody else's build. */
  readonly ready: () => Promise<T | null>
  readonly build: () => Promise<T>
  readonly onWait: (seconds: number) => void
  /** How often a holder gives a sign of life. */
  readonly beatMs?: number
}

/**
 * Builds something at most once at a time across processes: who finds the lock held waits for what its holder builds.
 * The holder gives signs of life into the lock file, so one that was killed does not block the others for ever.
 */
export async function buildOnce<T>(
  lock: string,
  { ready, build, onWait, beatMs = usualBeatMs }: Locked<T>,
): Promise<T> {
  await mkdir(dirname(lock), { recursive: true })
  for (;;) {
    const found = await ready()
    if (found !== null) return found
    if (await take(lock)) return whileAlive(lock, beatMs, async () => (await ready()) ?? build())
    if (!(await released(lock, beatMs, onWait))) await takeOver(lock)
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx')
    await file.close()
    return true
  } catch (thrown) {
    if (isCode(thrown, 'EEXIST')) return false
    throw thrown
  }
}

async function whileAlive<T>(lock: string, beatMs: number, work: () => Promise<T>): Promise<T> {
  let beats = 0
  const heart = setInterval(() => {
    beats += 1
    // `r+` does not make the file again when it was just given back. A missed beat is not worth the build.
    writeFile(lock, String(beats), { flag: 'r+' }).catch(() => undefined)
  }, beatMs)
  try {
    return await work()
  } finally {
    clearInterval(heart)
    await rm(lock, { force: true })
  }
}

/** True once the lock is gone; false when its holder gives no sign of life any more. */
async function released(
  lock: string,
  beatMs: number,
  onWait: (seconds: number) => void,
): Promise<boolean> {
  let last = await signOf(lock)
  let silent = 0
  for (let beats = 0; last !== null && silent < patience; beats += 1) {
    if (beats % 5 === 0) onWait((beats * beatMs) / 1_000)
    await pause(beatMs)
    const sign = await signOf(lock)
    silent = sign === last ? silent + 1 : 0
    last = sign
  }
  return last === null
}

async function signOf(lock: string): Promise<string | null> {
  try {
    return await readFile(lock, 'utf8')
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return null
    throw thrown
  }
}

/** Two that take over at once only build twice: each puts its result in place whole. */
async function takeOver(lock: string): Promise<void> {
  const aside = `${lock}.dead`
  await rename(lock, aside).catch(() => undefined) // somebody else took it over first
  await rm(aside, { force: true })
}

export function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code
}
