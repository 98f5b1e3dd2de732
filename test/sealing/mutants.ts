import { rootOf } from '@writ/ledger'
import { readStage, type LogStore, type StageName, type Turns } from '@writ/service'
import { keyOf } from './store.ts'
import type { Mutant, MutantRun } from './run.ts'

/** A sealer whose store does something else. */
function over(change: (inner: LogStore, run: MutantRun) => LogStore): Mutant {
  return (parts, run) => ({ ...parts, log: change(parts.log, run) })
}

/**
 * Sealers with a mistake in them, made of the right one by changing what its store does. Each is a mistake that somebody
 * has made; the simulation must find it, or it would not find it in the right one either. A batch that is named by the size
 * and root it leads to, as logs of one writer name it, is no mistake here: all that such a batch writes follows from both.
 */
export const mutants: Readonly<Record<string, Mutant>> = {
  'the index is believed without a fresh look': over((inner, { held }) => ({
    ...inner,
    unsealed: async (names) => {
      await inner.unsealed(names)
      return names.flatMap((name) => held.entries.get(keyOf(name)) ?? [])
    },
  })),
  'what is older than the last batch is taken for sealed': over((inner, { held }) => {
    const isNew = (at: string): boolean =>
      [...held.entries.values()].every((entry) => entry.index === null || entry.at < at)
    return {
      ...inner,
      unsealed: async (names) => (await inner.unsealed(names)).filter(({ at }) => isNew(at)),
    }
  }),
  'signed before it is committed': over((inner, { sign }) => ({
    ...inner,
    swapHead: (next) => {
      sign(next.frontier.size, rootOf(next.frontier))
      return inner.swapHead(next)
    },
  })),
  'files are written before they are committed': over((inner) => ({
    ...inner,
    putStage: async (name, bytes) => {
      await inner.putStage(name, bytes)
      await inner.putFiles(readStage(bytes).files)
    },
  })),
  'entries are marked before they are committed': over((inner) => ({
    ...inner,
    putStage: async (name, bytes) => {
      await inner.putStage(name, bytes)
      await inner.mark(readStage(bytes).placed)
    },
  })),
  'a checkpoint is published whatever stands': over((inner, { held }) => ({
    ...inner,
    publish: async (size, note) => {
      await inner.publish(size, note)
      held.published = { size, note }
    },
  })),
  'a checkpoint is published before its files': over((inner) => {
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
  }),
  'a batch is named by its version, which two attempts share': over((inner) => {
    const shared = (name: StageName): StageName => ({ ...name, attempt: 'one' })
    return {
      ...inner,
      putStage: (name, bytes) => inner.putStage(shared(name), bytes),
      stage: (name) => inner.stage(shared(name)),
    }
  }),
  'a batch that seems not to be committed is thrown away': over((inner, { held }) => ({
    ...inner,
    swapHead: async (next) => {
      const swapped = await inner.swapHead(next)
      if (!swapped && next.staged !== null)
        held.stages.delete(`${next.staged.version}/${next.staged.attempt}`)
      return swapped
    },
  })),
  'the head is put whatever stands': over((inner, { held }) => ({
    ...inner,
    swapHead: async (next) => {
      const swapped = await inner.swapHead(next)
      held.head = next
      return swapped
    },
  })),
  'a key that follows is not announced': (parts) => ({
    ...parts,
    turns: { ...parts.turns, announce: async () => undefined },
  }),
  'a key that follows is announced a round late': (parts) => {
    let isLate = false
    const announce: Turns['announce'] = async (turning) => {
      if (isLate) await parts.turns.announce(turning)
      isLate = true
    }
    return { ...parts, turns: { ...parts.turns, announce } }
  },
  'a key that follows signs alone at once': (parts) => ({
    ...parts,
    signers: () => {
      const { current, next } = parts.signers()
      return { current: next ?? current, next: null }
    },
  }),
  'a key that follows never signs': (parts) => ({
    ...parts,
    signers: () => ({ ...parts.signers(), next: null }),
  }),
}
