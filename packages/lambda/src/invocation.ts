import { AsyncLocalStorage } from 'node:async_hooks'

/** What is known of the invocation that is being served; a process may serve several at once. */
export type Invocation = { readonly requestId: string }

const current = new AsyncLocalStorage<Invocation>()

export function duringInvocation<Result>(invocation: Invocation, run: () => Result): Result {
  return current.run(invocation, run)
}

/** The id that Lambda gave this invocation; null while the function is starting. */
export function invocationId(): string | null {
  return current.getStore()?.requestId ?? null
}
