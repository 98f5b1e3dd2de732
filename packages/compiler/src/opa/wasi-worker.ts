import { parentPort, workerData } from 'node:worker_threads'
import { WASI } from 'node:wasi'
import { captured } from './capture.ts'
import type { WorkerMessage, WorkerTask } from './run-opa.ts'

// `start` blocks its thread until the program ends; in a worker it can be terminated.
const task: WorkerTask = workerData
const wasi = new WASI({
  version: 'preview1',
  args: ['opa', ...task.args],
  env: { PWD: task.cwd },
  preopens: { ...task.folders },
  returnOnExit: true,
})
const imports = { wasi_snapshot_preview1: { ...wasi.wasiImport } }
const streams = task.inherit ? null : captured(imports.wasi_snapshot_preview1, task.stdin)
if (streams !== null) {
  imports.wasi_snapshot_preview1 = streams.imports
  streams.onChunk((fd, bytes) => tell({ fd, bytes }))
}
const instance = new WebAssembly.Instance(task.module, imports)
streams?.use(instance.exports['memory'])
tell({ code: wasi.start(instance) })

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message) // oxlint-disable-line unicorn/require-post-message-target-origin -- a thread's port, not a window
}
