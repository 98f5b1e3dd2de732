import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, ensureOpa, issueLines, type Surroundings } from '@writ/compiler'
import { Fault } from '@writ/domain'

/** A copy of the small pack beside this file, a cache of its own, and the opa that the machine has already. */
export type Stand = {
  readonly policies: string
  readonly surroundings: Surroundings
  /** What made somebody wait. */
  readonly news: readonly string[]
  readonly close: () => void
}

export async function openStand(): Promise<Stand> {
  const { env } = process
  const news: string[] = []
  const onProgress = (line: string): void => void news.push(line)
  const opa = await ensureOpa({
    env,
    cacheDir: cacheFolder(env, homedir()),
    onProgress: console.log,
  })
  const root = mkdtempSync(join(tmpdir(), 'writ-compiler-'))
  const policies = join(root, 'pack')
  cpSync(join(import.meta.dirname, 'pack'), policies, { recursive: true })
  return {
    policies,
    surroundings: { cacheDir: join(root, 'cache'), env: { ...env, WRIT_OPA: opa }, onProgress },
    news,
    close: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** The mistakes of the Fault that this work throws. */
export async function mistakesOf(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'bundle-invalid') return issueLines(thrown)
    throw thrown
  }
  return []
}
