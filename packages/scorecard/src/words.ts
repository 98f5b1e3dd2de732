import type { DeploymentObserved } from './scorecard.ts'

/** What to do when nothing was reported. */
export const reportHint = 'Report each deployment when it has finished: POST /v1/outcomes.'

/** The command that asks for a decision; with a deployment, about what it brought there. */
export function decideCommand(
  { entity, environment }: { readonly entity: string; readonly environment: string },
  deployment: DeploymentObserved | null,
): string {
  const digest = deployment === null ? '' : ` --digest ${quoted(deployment.artifactDigest)}`
  return `npx writ decide deploy --service ${quoted(entity)} --environment ${quoted(environment)}${digest}`
}

/** Names come from callers, and these commands are pasted into shells. */
function quoted(word: string): string {
  return /^[\w.:@/-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** A digest as people compare them: its algorithm and first twelve digits. */
export function shortDigest({ artifactDigest }: DeploymentObserved): string {
  return artifactDigest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1')
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listOf(names: readonly string[]): string {
  const [first = '', second, ...rest] = names
  if (second === undefined) return first
  return rest.length === 0
    ? `${first} and ${second}`
    : `${first}, ${second} and ${rest.length} more`
}
