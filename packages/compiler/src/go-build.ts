import { spawn } from 'node:child_process'
import { Fault } from '@writ/domain'
import type { Environment, Surroundings } from './surroundings.ts'

export type GoBuild = {
  /** What is built, in words. */
  readonly what: string
  /** The folder with `go.mod`, or within its module. */
  readonly source: string
  /** The package to build, as seen from there. */
  readonly target: string
  readonly output: string
  readonly settings: Environment
  /** Beside those that every build has. */
  readonly flags?: readonly string[]
  /** About how long it takes, in words. */
  readonly takes: string
}

const goNeeded = '1.26'
const tick = 10

/** The version of the `go` command, as in `go1.26.8`; null when there is none. */
export async function goVersion(env: Environment): Promise<string | null> {
  const { code, said } = await runGo(['env', 'GOVERSION'], {
    env: { ...env, GOTOOLCHAIN: 'local' },
  })
  return code === 0 ? said.trim() : null
}

/** Builds a Go program of this repository. Fails with one message that says what to do. */
export async function goBuild(build: GoBuild, surroundings: Surroundings): Promise<void> {
  const { env, onProgress } = surroundings
  const version = await goVersion(env)
  if (version === null) throw noGo(build.what)
  const announce = (seconds: number): void =>
    onProgress(
      `Building ${build.what} with ${version}: ${seconds} s of about ${build.takes}; it is kept, so this happens once`,
    )
  announce(0)
  let seconds = 0
  const news = setInterval(() => announce((seconds += tick)), tick * 1_000)
  try {
    // VCS stamping would make the same sources another binary at each commit.
    const args = [
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-ldflags=-s -w',
      '-o',
      build.output,
      ...(build.flags ?? []),
    ]
    const more = { cwd: build.source, env: { ...env, GOWORK: 'off', ...build.settings } }
    const { code, said } = await runGo([...args, build.target], more)
    if (code !== 0) throw buildFailed(build.what, version, said)
  } finally {
    clearInterval(news)
  }
}

type Said = { readonly code: number | null; readonly said: string }

function runGo(
  args: readonly string[],
  { cwd, env }: { readonly cwd?: string; readonly env: Environment },
): Promise<Said> {
  return new Promise((resolve) => {
    const child = spawn('go', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', ({ message }) => resolve({ code: null, said: message }))
    child.on('close', (code) => resolve({ code, said: Buffer.concat(chunks).toString('utf8') }))
  })
}

function noGo(what: string): Fault {
  return new Fault(
    'compiler-unavailable',
    `${what} must be built once, and there is no Go here. Install Go ${goNeeded} or newer from your system's packages or from https://go.dev/dl, and run the same command again; or build it elsewhere and name it: opa.wasm by WRIT_OPA, opa-builtins.wasm by WRIT_OPA_BUILTINS.`,
  )
}

function buildFailed(what: string, version: string, said: string): Fault {
  const tooOld = /requires go >= ([\d.]+)|go\.mod requires go|toolchain not available/.exec(said)
  const last = said.trimEnd().split('\n').slice(-20).join('\n')
  const advice =
    tooOld === null
      ? `Go needs to reach its module proxy (GOPROXY) once; behind a wall, set GOPROXY to a mirror, or build it elsewhere and name it: opa.wasm by WRIT_OPA, opa-builtins.wasm by WRIT_OPA_BUILTINS.`
      : `This Go is too old, and it could not download a newer one by itself. Install Go ${goNeeded} or newer from https://go.dev/dl, or build it elsewhere and name it: opa.wasm by WRIT_OPA, opa-builtins.wasm by WRIT_OPA_BUILTINS.`
  return new Fault(
    'compiler-unavailable',
    `${what} could not be built with ${version}. ${advice} What Go said last:\n${last}`,
  )
}
