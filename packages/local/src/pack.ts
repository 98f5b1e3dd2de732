import { watch } from 'node:fs'
import { buildBundle, type Surroundings } from '@writ/compiler'
import { loadBundle } from '@writ/engine'
import type { Bundle } from '@writ/service'
import { readableFault } from './log.ts'
import { createSoon } from './soon.ts'

export type PackParts = {
  readonly folder: string
  readonly surroundings: Surroundings
  readonly activate: (bundle: Bundle) => void
  /** Takes news for the person at the terminal. */
  readonly say: (text: string) => void
}

/** Editors write a file in several steps; a build waits until they have been quiet for so long. */
const quietMilliseconds = 150

/** Builds the pack and lets it decide. Throws the Fault that names every mistake in it. */
export async function activatePack({ folder, surroundings, activate }: PackParts): Promise<Bundle> {
  const bundle = loadBundle(await buildBundle({ ...surroundings, policies: folder }))
  activate(bundle)
  return bundle
}

/**
 * Follows the pack while the house runs: what changed is built and swapped in. A pack with mistakes is named, and the
 * bundle that decided before goes on.
 */
export function followPack(parts: PackParts, first: Bundle): { readonly close: () => void } {
  const { folder, say } = parts
  let last = first
  let isBroken = false
  const rebuild = async (): Promise<void> => {
    try {
      const bundle = await activatePack(parts)
      const isNew = bundle.name.digest !== last.name.digest
      if (isNew) say(`The policies changed: ${bundle.name.revision} decides from now on`)
      else if (isBroken) say(`The policies are whole again: ${last.name.revision} decides`)
      last = bundle
      isBroken = false
    } catch (thrown) {
      isBroken = true
      say(
        `${readableFault(thrown)}\n${last.name.revision}, the last good bundle, goes on deciding.`,
      )
    }
  }
  const soon = createSoon({ run: rebuild, delay: () => quietMilliseconds, after: 'last' })
  const watcher = watch(folder, { recursive: true }, soon.nudge)
  watcher.on('error', ({ message }) =>
    say(
      `Changes of ${folder} are not seen any more (${message}). Restart to have them take effect.`,
    ),
  )
  return {
    close: () => {
      watcher.close()
      void soon.close() // a build that is going on has nothing to lose
    },
  }
}
