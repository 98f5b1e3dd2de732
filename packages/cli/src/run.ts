import { CommanderError } from 'commander'
import { faultOf, type FaultCode } from '@writ/domain'
import type { Desk } from './desk.ts'
import { exitCodes, failureCodesOf } from './exit-codes.ts'
import { faultText } from './output/fault-text.ts'
import { createProgram } from './program.ts'

/** Runs one command line and gives its exit code. Nothing is thrown: what goes wrong is told, in words. */
export async function runCommand(argv: readonly string[], desk: Desk): Promise<number> {
  const codes = failureCodesOf(argv)
  const guarded = async (work: () => Promise<number>): Promise<number> => {
    try {
      return await work()
    } catch (thrown) {
      return codes.of(told(thrown, desk))
    }
  }
  if (argv[0] === 'opa') return guarded(() => passOn(argv.slice(1), desk))
  let code: number = exitCodes.allowed
  const program = createProgram(desk, async (work) => {
    code = await guarded(work)
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : codes.usage
    return codes.of(told(thrown, desk))
  }
}

/** OPA reads its own command line: nothing of it is ours to look at, `--help` included. */
async function passOn(args: readonly string[], desk: Desk): Promise<number> {
  const [{ opaCommand }, { surroundingsOf }] = await Promise.all([
    import('@writ/compiler'),
    import('./policies.ts'),
  ])
  return opaCommand(args, { ...surroundingsOf(desk), cwd: desk.cwd })
}

function told(thrown: unknown, { env, err }: Desk): FaultCode {
  const fault = faultOf(thrown)
  err(faultText(fault))
  if ((env['WRIT_DEBUG'] ?? '') !== '') err(`${stackOf(fault.cause ?? fault)}\n`)
  return fault.code
}

function stackOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
