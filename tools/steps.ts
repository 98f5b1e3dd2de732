import { spawn } from 'node:child_process'

/** What became of one step of a check or a proof. `missing` says what the machine lacks, and how to get it. */
export type StepResult = {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly missing?: string
}

export type Command = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a command and keeps what it said, for the case that it fails. */
export function runStep({ name, command, args, env }: Command): Promise<StepResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
    child.on('error', ({ message }) => resolve({ name, ok: false, detail: message }))
    child.on('close', (code) =>
      resolve({ name, ok: code === 0, detail: Buffer.concat(said).toString('utf8').trimEnd() }),
    )
  })
}

/** One line a step; what a failed step said stands below its line. */
export function printStep({ name, ok, detail, missing }: StepResult): void {
  if (missing !== undefined) console.log(`- ${name}: not run (${missing})`)
  else if (ok) console.log(`✓ ${name}`)
  else console.log(`✗ ${name}\n${detail.replaceAll(/^/gm, '    ')}`)
}

/** On CI a part that the machine lacks is a failure; elsewhere it is only named. */
export function passes(results: readonly StepResult[]): boolean {
  const mustHaveAll = process.env['CI'] === 'true'
  return results.every(({ ok, missing }) => (missing === undefined ? ok : !mustHaveAll))
}
