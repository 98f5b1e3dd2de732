import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Variant } from './cpu.ts'

type Policy = { readonly rego: string; readonly data: string; readonly query: string }

/** OPA's Go engine with a prepared query in a process of its own; its collector's threads are counted too. */
export type OpaPeer = {
  answer(
    input: string,
    count: number,
  ): Promise<{ readonly nanoseconds: number; readonly result: unknown }>
  variant(name: string, input: string): Variant
  stop(): void
}

export function startOpa(program: string, { rego, data, query }: Policy): OpaPeer {
  const child = spawn(program, [rego, data, query], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer: OpaPeer['answer'] = async (input, count) => {
    child.stdin.write(`${count} ${input}\n`)
    const { value, done } = await lines.next()
    if (done === true) throw new Error('the OPA peer stopped')
    return JSON.parse(value)
  }
  return {
    answer,
    variant: (name, input) => ({
      name,
      run: async (count) => (await answer(input, count)).nanoseconds,
    }),
    stop: () => child.kill(),
  }
}
