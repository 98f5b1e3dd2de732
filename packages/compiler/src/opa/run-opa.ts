import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { Fault } from '@writ/domain'

export type OpaRun = {
  /** The opa.wasm to run; `ensureOpa` gives it. */
  readonly opa: string
  /** What the program may see of the file system: path inside → folder here. */
  readonly folders: { readonly [inside: string]: string }
  /** Where relative paths begin, inside. */
  readonly cwd: string
  readonly stdin?: Uint8Array
  readonly onStdout?: (bytes: Uint8Array) => void
  readonly timeLimitMs?: number
}

export type OpaResult = { readonly code: number; readonly stdout: string; readonly stderr: string }

export type WorkerTask = {
  readonly module: WebAssembly.Module
  readonly args: readonly string[]
  readonly folders: OpaRun['folders']
  readonly cwd: string
  /** The program has our own standard streams. */
  readonly inherit: boolean
  readonly stdin: Uint8Array
}

const defaultTimeLimitMs = 300_000
const maxOutputBytes = 64 * 2 ** 20

/** Runs one `opa` command to its end in a thread of its own, and keeps what it said. */
export async function runOpa(args: readonly string[], run: OpaRun): Promise<OpaResult> {
  const said = { 1: [] as Uint8Array[], 2: [] as Uint8Array[] }
  let total = 0
  const take = (fd: 1 | 2, bytes: Uint8Array): boolean => {
    total += bytes.length
    said[fd].push(bytes)
    if (fd === 1) run.onStdout?.(bytes)
    return total <= maxOutputBytes
  }
  const task = {
    args,
    folders: run.folders,
    cwd: run.cwd,
    inherit: false,
    stdin: run.stdin ?? new Uint8Array(),
  }
  const code = await inWorker({ ...task, module: await moduleOf(run.opa) }, { ...run, take })
  return { code, stdout: textOf(said[1]), stderr: textOf(said[2]) }
}

/** Runs one `opa` command over our own standard streams, as long as it takes; gives its exit code. */
export async function passToOpa(
  args: readonly string[],
  { opa, folders, cwd }: Pick<OpaRun, 'opa' | 'folders' | 'cwd'>,
): Promise<number> {
  const task = { args, folders, cwd, inherit: true, stdin: new Uint8Array() }
  return inWorker({ ...task, module: await moduleOf(opa) }, { take: () => true, timeLimitMs: 0 })
}

type Watch = {
  readonly take: (fd: 1 | 2, bytes: Uint8Array) => boolean
  /** 0: none. */
  readonly timeLimitMs?: number | undefined
}

function inWorker(task: WorkerTask, { take, timeLimitMs }: Watch): Promise<number> {
  const limit = timeLimitMs ?? defaultTimeLimitMs
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./wasi-worker.ts', import.meta.url), {
      workerData: task,
      // node:wasi is experimental for want of a sandbox; we do not take it for one.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    let code: number | null = null
    const stop = (reason: string): void => {
      reject(new Fault('compiler-unavailable', `opa ${task.args[0]} was stopped: ${reason}`))
      worker.terminate().catch(() => undefined) // it has ended already
    }
    const clock =
      limit === 0 ? undefined : setTimeout(() => stop(`it ran for ${limit / 1_000} s`), limit)
    worker.on('message', (message: WorkerMessage) => {
      if ('code' in message) code = message.code
      else if (!take(message.fd, message.bytes)) stop(`it wrote more than ${maxOutputBytes} bytes`)
    })
    worker.on('error', (cause) => {
      clearTimeout(clock)
      reject(new Fault('compiler-unavailable', `opa ${task.args[0]} broke off`, { cause }))
    })
    worker.on('exit', () => {
      clearTimeout(clock)
      if (code === null) stop('it gave no exit code')
      else resolve(code)
    })
  })
}

export type WorkerMessage =
  { readonly code: number } | { readonly fd: 1 | 2; readonly bytes: Uint8Array }

const modules = new Map<string, Promise<WebAssembly.Module>>()

/** The module of this file, compiled once a process: it takes a third of a second, and all workers can share it. */
function moduleOf(file: string): Promise<WebAssembly.Module> {
  const known = modules.get(file)
  if (known !== undefined) return known
  const made = readFile(file).then((bytes) => WebAssembly.compile(bytes))
  modules.set(file, made)
  made.catch(() => modules.delete(file))
  return made
}

function textOf(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString('utf8')
}
