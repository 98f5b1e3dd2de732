import { createHash } from 'node:crypto'
import type { WireFinding } from '@writ/contract'

/**
 * What makes a finding the same one tomorrow: the rule, the file, the document, the part, and the place without positions in
 * lists. Neither lines nor the wording count, so that it outlives edits above it and a better message.
 */
function identityOf({ rule, location, resource, part }: WireFinding): string {
  const place = (location?.pointer ?? '').replace(/\/\d+(?=\/|$)/g, '/*')
  const facts = [rule, location?.path ?? '', resource.type, resource.id, part ?? '', place]
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)
}

/** The identity of each finding, in the same order; those that would share one are numbered from top to bottom. */
export function fingerprintsOf(findings: readonly WireFinding[]): readonly string[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const identity = identityOf(finding)
    const count = (seen.get(identity) ?? 0) + 1
    seen.set(identity, count)
    return `${identity}:${count}`
  })
}
