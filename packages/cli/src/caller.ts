import type { Desk } from './desk.ts'

/** Who asks, as far as the surroundings say: the person that CI works for, or whoever sits here. */
export function callerOf({ env, user }: Desk): { readonly type: string; readonly id: string } {
  const actor = env['GITHUB_ACTOR'] ?? env['GITLAB_USER_LOGIN'] ?? ''
  if (isCi({ env })) return { type: 'ci', id: actor === '' ? 'ci' : actor }
  return { type: 'user', id: user }
}

export function isCi({ env }: Pick<Desk, 'env'>): boolean {
  return !['', '0', 'false'].includes(env['CI'] ?? '')
}
