import { wireWaiverOf, writeBody } from '@writ/contract'
import { aWaiver, aWaiverEntry } from '@writ/testkit'
import { expect, test } from 'vitest'
import { amissInWaivers } from './check-waivers.ts'

const granted = aWaiver()
const revoked = { ...granted, revokedAt: '2026-11-26T00:00:00.000Z' }

function bodyOf(waiver: typeof granted): Uint8Array {
  const event = waiver.revokedAt === null ? 'granted' : 'revoked'
  return writeBody({
    caller: { principal: 'grace', roles: [] },
    event,
    waiver: wireWaiverOf(waiver),
  })
}

/** Books that list a waiver as it was, and have it and its records as they are. */
function books(stands: typeof granted, recorded: readonly (typeof granted)[]) {
  const entries = recorded.map((waiver) => aWaiverEntry(waiver, { content: bodyOf(waiver) }))
  return {
    records: {
      get: async (_: string, id: string) => entries.find((entry) => entry.id === id) ?? null,
    },
    waivers: { get: async () => stands },
    everyWaiver: async () => [granted],
  }
}

test.each([
  ['is listed as it was recorded', books(granted, [granted]), null],
  ['is revoked while they are looked at', books(revoked, [granted, revoked]), null],
  [
    'was revoked, and decides as if it were not',
    books(granted, [granted, revoked]),
    'is not what was recorded',
  ],
  ['has no record', books(granted, []), 'was never recorded'],
] as const)('a waiver that %s', async (_, kept, amiss) => {
  const found = await amissInWaivers(kept, [])
  if (amiss === null) expect(found).toBeNull()
  else expect(found).toMatchObject({ status: 'refuted', reason: expect.stringContaining(amiss) })
})
