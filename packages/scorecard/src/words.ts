import type { DeploymentObserved } from './scorecard.ts'

/** What to do when nothing was reported. */
export const reportHint = 'Report each deployment when it has finished: `POST /v1/outcomes`.'

/** The command that asks for a decision; with a deployment, about what it brought there. */
export function decideCommand(
  { entity, environment }: { readonly entity: string; readonly environment: string },
  deployment: DeploymentObserved | null,
): string {
  const digest = deployment === null ? '' : ` --digest ${quoted(deployment.artifactDigest)}`
  return `\`npx writ decide deploy --service ${quoted(entity)} --environment ${quoted(environment)}${digest}\``
}

/** Names come from callers, and these commands are pasted into shells. */
function quoted(word: string): string {
  return /^[\w.:@/-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** So many of so many, as the subject of a sentence, and whether its verb is singular. */
export function shareOf(
  count: number,
  total: number,
): { readonly subject: string; readonly isOne: boolean } {
  if (total === 1) return { subject: 'The only reported deployment', isOne: true }
  if (count === total) return { subject: `All ${total} reported deployments`, isOne: false }
  return { subject: `${count} of ${total} reported deployments`, isOne: count === 1 }
}

/** The command that tells a decision in full. */
export function explainCommand(decision: string): string {
  return `\`npx writ explain ${decision}\``
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
