import { rootOf } from '@writ/ledger'
import { readStage, type LogStore, type StageName } from '@writ/service'
import { keyOf } from './store.ts'
import type { Mutant } from './run.ts'

/**
 * Sealers with a mistake in them, made of the right one by changing what its store does. Each is a mistake that somebody
 * has made; the simulation must find it, or it would not find it in the right one either. A batch that is named by the size
 * and root it leads to, as logs of one writer name it, is no mistake here: all that such a batch writes follows from both.
 */
export const mutants: Readonly<Record<string, Mutant>> = {
  'the index is believed without a fresh look': (inner, { held }) => ({
    ...inner,
    unsealed: async (names) => {
      await inner.unsealed(names)
      return names.flatMap((name) => held.entries.get(keyOf(name)) ?? [])
    },
  }),
  'what is older than the last batch is taken for sealed': (inner, { held }) => {
    const isNew = (at: string): boolean =>
      [...held.entries.values()].every((entry) => entry.index === null || entry.at < at)
    return {
      ...inner,
      unsealed: async (names) => (await inner.unsealed(names)).filter(({ at }) => isNew(at)),
    }
  },
  'signed before it is committed': (inner, { sign }) => ({
    ...inner,
    swapHead: (next) => {
      sign(next.frontier.size, rootOf(next.frontier))
      return inner.swapHead(next)
    },
  }),
  'files are written before they are committed': (inner) => ({
    ...inner,
    putStage: async (name, bytes) => {
      await inner.putStage(name, bytes)
      await inner.putFiles(readStage(bytes).files)
    },
  }),
  'entries are marked before they are committed': (inner) => ({
    ...inner,
    putStage: async (name, bytes) => {
      await inner.putStage(name, bytes)
      await inner.mark(readStage(bytes).placed)
    },
  }),
  'a checkpoint is published whatever stands': (inner, { held }) => ({
    ...inner,
    publish: async (size, note) => {
      await inner.publish(size, note)
      held.published = { size, note }
    },
  }),
  'a checkpoint is published before its files': (inner) => {
    let late: Parameters<LogStore['putFiles']>[0] = []
    return {
      ...inner,
      putFiles: async (files) => {
        late = files
      },
      publish: async (size, note) => {
        await inner.publish(size, note)
        await inner.putFiles(late)
      },
    }
  },
  'a batch is named by its version, which two attempts share': (inner) => {
    const shared = (name: StageName): StageName => ({ ...name, attempt: 'one' })
    return {
      ...inner,
      putStage: (name, bytes) => inner.putStage(shared(name), bytes),
      stage: (name) => inner.stage(shared(name)),
    }
  },
  'a batch that seems not to be committed is thrown away': (inner, { held }) => ({
    ...inner,
    swapHead: async (next) => {
      const swapped = await inner.swapHead(next)
      if (!swapped && next.staged !== null)
        held.stages.delete(`${next.staged.version}/${next.staged.attempt}`)
      return swapped
    },
  }),
  'the head is put whatever stands': (inner, { held }) => ({
    ...inner,
    swapHead: async (next) => {
      const swapped = await inner.swapHead(next)
      held.head = next
      return swapped
    },
  }),
}
