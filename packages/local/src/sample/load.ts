import { readDecisionRequest, readOutcomeReport, readWaiverGrant } from '@writ/contract'
import { faultOf, type Json } from '@writ/domain'
import {
  createDecide,
  createGrantWaiver,
  createRecordOutcome,
  type Books,
  type Caller,
  type Engine,
  type SignReceipt,
  type Sources,
} from '@writ/service'
import { sampleTenant } from '../tenants.ts'
import {
  accessRequest,
  configRequest,
  deployedReport,
  deployRequest,
  waiverGrants,
} from './requests.ts'
import { instantOf } from './shop.ts'
import { accesses, bypasses, changes, deploys } from './story.ts'

export type SampleParts = Sources & {
  readonly engine: Engine
  readonly signReceipt: SignReceipt
  readonly say: (text: string) => void
}

/** Something that happened in the shop, at an instant. */
type Happened = { readonly at: Date; readonly body: Json }

/**
 * Lets the shop's last two weeks happen, by the use cases and by the policies that decide here, unless its tenant has
 * records already. It is only a sample: what goes wrong with it is said, and holds up nothing.
 */
export async function loadSample(books: Books, parts: SampleParts): Promise<void> {
  try {
    const { entries } = await books.records.list(sampleTenant, anything)
    if (entries.length > 0) return
    const refused = await letHappen(books, parts)
    if (refused > 0)
      parts.say(`${refused} records of the sample were left out: these policies refuse them.`)
  } catch (thrown) {
    parts.say(`The sample was not loaded: ${faultOf(thrown).message}`)
  }
}

const anything = { filter: {}, before: null, limit: 1 }

/** Waivers first, since decisions look for them; the rest at once, since it shares its commits. Gives how many were refused. */
async function letHappen(books: Books, parts: SampleParts): Promise<number> {
  const now = parts.now()
  const at = (happened: Date) => ({ ...parts, ...books, now: () => happened })
  const granted = new Date(now.getTime() - 9 * 86_400_000)
  const waivers = waiverGrants(new Date(now.getTime() + 14 * 86_400_000)).map((grant) =>
    createGrantWaiver(at(granted))(caller('grace'), readWaiverGrant(grant)),
  )
  const first = await Promise.allSettled(waivers)
  const decisions = decisionsUntil(now).map(({ at: when, body }) =>
    createDecide(at(when))(caller('pipeline'), readDecisionRequest(body), null),
  )
  const outcomes = outcomesUntil(now).map(({ at: when, body }) =>
    createRecordOutcome(at(when))(caller('pipeline'), readOutcomeReport(body), null),
  )
  const rest = await Promise.allSettled([...decisions, ...outcomes])
  return [...first, ...rest].filter(isRefused).length
}

/** A pack of one's own may not know the sample's environments and rules; any other failure is one of the house. */
function isRefused(result: PromiseSettledResult<unknown>): boolean {
  if (result.status === 'fulfilled') return false
  const fault = faultOf(result.reason)
  if (fault.code === 'request-invalid') return true
  throw fault
}

function decisionsUntil(now: Date): readonly Happened[] {
  return [
    ...deploys.map((story) => ({ at: instantOf(story, now), body: deployRequest(story) })),
    ...accesses.map((story) => ({ at: instantOf(story, now), body: accessRequest(story) })),
    ...changes.map((story) => ({ at: instantOf(story, now), body: configRequest(story) })),
  ]
}

/** Each deployment is reported a minute after it finished. */
function outcomesUntil(now: Date): readonly Happened[] {
  const finished = [
    ...deploys.flatMap((story) =>
      story.deployed === undefined ? [] : [{ ...story, time: story.deployed }],
    ),
    ...bypasses,
  ]
  return finished.map((story) => {
    const end = instantOf(story, now)
    return { at: new Date(end.getTime() + 60_000), body: deployedReport(story, end) }
  })
}

function caller(principal: string): Caller {
  return { tenant: sampleTenant, principal, roles: ['admin'] }
}
