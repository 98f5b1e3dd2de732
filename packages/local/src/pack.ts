import { statSync, watch, type FSWatcher } from 'node:fs'
import { buildBundle, type Surroundings } from '@writ/compiler'
import type { BundleFiles } from '@writ/contract'
import { Fault } from '@writ/domain'
import { loadBundle } from '@writ/engine'
import type { Bundle } from '@writ/service'
import { readableFault } from './log.ts'
import { createSoon, type Soon } from './soon.ts'

export type PackParts = {
  readonly folder: string
  /** Called with each bundle before it decides; what it throws keeps it from deciding. */
  readonly keep: (bundle: BundleFiles) => void
  readonly surroundings: Surroundings
  readonly activate: (bundle: Bundle) => void
  /** Takes news for the person at the terminal. */
  readonly say: (text: string) => void
}

/** Editors write a file in several steps; a build waits until they have been quiet for so long. */
const quietMilliseconds = 150

/** Builds the pack and lets it decide. Throws the Fault that names every mistake in it. */
async function activatePack({ folder, surroundings, keep, activate }: PackParts): Promise<Bundle> {
  const built = await buildBundle({ ...surroundings, policies: folder })
  const bundle = loadBundle(built)
  keep(built)
  activate(bundle)
  return bundle
}

/**
 * Follows the pack while the house runs: what changed is built and swapped in. A pack with mistakes is named, and the
 * bundle that decided before goes on. Throws only where there is no first bundle.
 */
export async function followPack(parts: PackParts): Promise<{ readonly close: () => void }> {
  let rebuild: Soon | null = null
  let isEdited = false
  // The first build may take minutes, and somebody may be editing already: what changes from here on is not missed.
  const watcher = watchFolder(parts, () => {
    isEdited = true
    rebuild?.nudge()
  })
  try {
    const run = rebuildAfter(parts, await activatePack(parts))
    rebuild = createSoon({ run, delay: () => quietMilliseconds, after: 'last' })
  } catch (thrown) {
    watcher.close()
    throw thrown
  }
  if (isEdited) rebuild.nudge()
  return {
    close: () => {
      watcher.close()
      void rebuild.close() // a build that is going on has nothing to lose
    },
  }
}

/** Builds what lies in the folder now, and tells what came of it. */
function rebuildAfter(parts: PackParts, first: Bundle): () => Promise<void> {
  const { say } = parts
  let last = first
  let isBroken = false
  return async () => {
    try {
      const bundle = await activatePack(parts)
      const news = newsOf(last, bundle)
      if (news !== null) say(news)
      else if (isBroken) say(`The policies are as they were: ${last.name.revision} decides.`)
      last = bundle
      isBroken = false
    } catch (thrown) {
      isBroken = true
      say(
        `${readableFault(thrown)}\n${last.name.revision}, the last good bundle, goes on deciding.`,
      )
    }
  }
}

function newsOf(last: Bundle, now: Bundle): string | null {
  const { revision, digest } = now.name
  if (digest !== last.name.digest) return `The policies changed: ${revision} decides from now on.`
  if (now.dataDigest !== last.dataDigest)
    return `The settings changed: ${revision} decides with them from now on.`
  return null
}

function watchFolder({ folder, say }: PackParts, onChange: () => void): FSWatcher {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Fault('start-refused', `There is no folder of policies at ${folder}`)
  return watch(folder, { recursive: true }, onChange).on('error', ({ message }) =>
    say(`Changes of ${folder} are not seen any more (${message}): restart to load them.`),
  )
}
