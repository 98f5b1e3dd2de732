import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** One of OPA's own test cases, compiled. It wants a result, that there is one or none, or an error. */
export type Case = {
  readonly area: string
  readonly note: string
  /** Base64; null where it does not compile. */
  readonly wasm: string | null
  readonly refused: string
  readonly data: string
  /** In Rego's notation; null where there is no input. */
  readonly input: string | null
  readonly defined: boolean | null
  readonly result: string | null
  readonly error: string | null
  /** Whether a list of the result stands for a set. */
  readonly sorted: boolean
  /** Whether only a strict evaluation gives the error. */
  readonly strict: boolean
}

const versions = ['v1', 'v0'] as const

const source = join(import.meta.dirname, '..', '..', 'tools', 'opa')
const opaModule = 'github.com/open-policy-agent/opa'

/** Every n-th case of OPA's module, as it is compiled. */
export async function* compiledCases(opa: string, every: number): AsyncGenerator<Case> {
  const args = ['list', '-m', '-f', '{{.Dir}}', opaModule]
  const { stdout } = await promisify(execFile)('go', args, { cwd: source })
  const folder = join(stdout.trim(), 'v1', 'test', 'cases', 'testdata')
  for (const version of versions) {
    const child = spawn(opa, ['exact-cases', folder, version, String(every)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise<number | null>((resolve) => {
      child.on('close', resolve)
    })
    for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line)
    if ((await ended) !== 0) throw new Error(`the cases of ${version} could not be compiled`)
  }
}
