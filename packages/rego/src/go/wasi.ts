/**
 * As much of WASI as a Go program needs that only computes: no files, no arguments, no environment, a clock that stands
 * and random bytes that follow from a seed. So it gives the same each time, and reaches nothing.
 */
export type Wasi = {
  readonly imports: WebAssembly.ModuleImports
  /** Sets what it takes for now, in nanoseconds since 1970, and what its random bytes follow from. */
  begin(now: bigint, seed: bigint): void
}

const [success, badFile, notSupported] = [0, 8, 58]
const realtime = 0

/** Go asks how much time has passed, for its own housekeeping: at each look so much has. */
const tick = 1_000n

export function createWasi(memory: () => WebAssembly.Memory): Wasi {
  const state = { now: 0n, passed: 0n, random: 0n }
  const view = (): DataView => new DataView(memory().buffer)
  const imports = {
    ...withNothing(view),
    sched_yield: () => success,
    clock_time_get: (clock: number, _precision: bigint, at: number) => {
      state.passed += tick
      view().setBigUint64(at, clock === realtime ? state.now : state.passed, true)
      return success
    },
    random_get: (at: number, size: number) => {
      const bytes = new Uint8Array(memory().buffer, at, size)
      for (let index = 0; index < size; index += 1) {
        state.random = nextRandom(state.random)
        bytes[index] = Number(state.random >> 56n)
      }
      return success
    },
    poll_oneoff: (...polled: Poll) => wakeAll(view(), polled),
  }
  return {
    imports,
    begin: (now, seed) => {
      Object.assign(state, { now: BigInt.asUintN(64, now), random: BigInt.asUintN(64, seed) })
    },
  }
}

/** Knuth's linear congruence: nothing secret is drawn from it. */
function nextRandom(last: bigint): bigint {
  return BigInt.asUintN(64, last * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n)
}

/** No files, no arguments, no environment; what is written goes nowhere. */
function withNothing(view: () => DataView): WebAssembly.ModuleImports {
  const empty = (count: number, size: number): number => {
    view().setUint32(count, 0, true)
    view().setUint32(size, 0, true)
    return success
  }
  const noFile = (): number => badFile
  return {
    args_sizes_get: empty,
    args_get: () => success,
    environ_sizes_get: empty,
    environ_get: () => success,
    fd_write: (...[, vectors = 0, count = 0, written = 0]: readonly number[]) => {
      let size = 0
      for (let index = 0; index < count; index += 1)
        size += view().getUint32(vectors + 8 * index + 4, true)
      view().setUint32(written, size, true)
      return success
    },
    fd_close: noFile,
    fd_read: noFile,
    fd_readdir: noFile,
    fd_seek: noFile,
    fd_filestat_get: noFile,
    fd_fdstat_get: noFile,
    fd_fdstat_set_flags: noFile,
    fd_prestat_get: noFile,
    fd_prestat_dir_name: noFile,
    path_filestat_get: () => notSupported,
    path_open: () => notSupported,
    path_readlink: () => notSupported,
    proc_exit: (code: number) => {
      throw new Error(`it ended itself with ${code}`)
    },
  }
}

type Poll = [asked: number, events: number, count: number, counted: number]

/** Nobody waits here: whatever Go would sleep for has come. Subscriptions have 48 bytes, events 32. */
function wakeAll(view: DataView, [asked, events, count, counted]: Poll): number {
  for (let index = 0; index < count; index += 1) {
    const event = events + 32 * index
    view.setBigUint64(event, view.getBigUint64(asked + 48 * index, true), true)
    view.setUint16(event + 8, success, true)
    view.setUint8(event + 10, view.getUint8(asked + 48 * index + 8))
  }
  view.setUint32(counted, count, true)
  return success
}
