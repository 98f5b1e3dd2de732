import { decideRoute } from './api/decisions.ts'
import { outcomeRoute } from './api/outcomes.ts'
import { eraseRoute } from './api/records.ts'
import { grantRoutes } from './api/waivers.ts'
import type { AppParts } from './parts.ts'
import type { Route } from './route.ts'

/** What a process answers that only decides and takes in what became of it. */
export function decidingRoutes(
  parts: Pick<AppParts, 'awaitProof' | 'decide' | 'recordOutcome'>,
): readonly Route[] {
  return [decideRoute(parts), outcomeRoute(parts)]
}

/** What a process answers that grants and revokes waivers, and erases records. */
export function grantingRoutes(
  parts: Pick<AppParts, 'grantWaiver' | 'revokeWaiver' | 'erase'>,
): readonly Route[] {
  return [...grantRoutes(parts), eraseRoute(parts)]
}
