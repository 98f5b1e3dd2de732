import type { Books } from '@writ/service'
import type { Waiver } from '@writ/domain'
import type { WaiverQuery } from '@writ/service'
import { describe, expect, test } from 'vitest'
import { aWaiver, aWaiverEntry } from './books.ts'
import { emptyStore, type OpenStore } from './empty-store.ts'
import { walk } from './walk.ts'

const about: WaiverQuery = {
  environment: 'production',
  resource: { type: 'service', id: 'checkout' },
  rules: ['deploy.approvals'],
}

const grant = ({ waivers }: Books, waiver: Waiver): Promise<Waiver> =>
  waivers.put(waiver, aWaiverEntry(waiver))

const revokedOf = (waiver: Waiver): Waiver => ({ ...waiver, revokedAt: '2026-11-25T00:00:00.000Z' })

/** Every promise of the `Waivers` port, for an adapter to run in its tests. */
export function waiversContract(open: OpenStore): void {
  describe('a waiver', () => {
    const document = { type: 'kubernetes/Pod', id: 'shop/web', path: 'pods/größe.yaml' }
    const cases: readonly [string, Waiver][] = [
      ['for an environment', aWaiver()],
      ['for no environment', aWaiver({ environment: null })],
      ['for a part of a document', aWaiver({ document, part: 'sidecar', category: 'mitigated' })],
      ['already revoked', revokedOf(aWaiver())],
    ]
    test.each(cases)('comes back as it was put, and its entry stands: %s', async (_, waiver) => {
      const { waivers, records } = await emptyStore(open)
      const entry = aWaiverEntry(waiver)
      expect(await waivers.put(waiver, entry)).toEqual(waiver)
      expect(await waivers.get('acme', waiver.id)).toEqual(waiver)
      expect(await waivers.list('acme', 10)).toEqual([waiver])
      expect(await waivers.find('acme', { ...about, environment: waiver.environment })).toEqual([
        waiver,
      ])
      expect(await records.get('acme', entry.id)).toEqual(entry)
      expect(await walk(records, { filter: { rule: waiver.rule } })).toEqual([entry])
    })

    test('put twice is put once', async () => {
      const store = await emptyStore(open)
      const waiver = aWaiver()
      const entry = aWaiverEntry(waiver)
      await store.waivers.put(waiver, entry)
      expect(await store.waivers.put(waiver, entry)).toEqual(waiver)
      expect(await store.waivers.list('acme', 10)).toEqual([waiver])
      expect(await walk(store.records)).toEqual([entry])
    })

    test('that is revoked stays so, also when its grant arrives once more, late', async () => {
      const store = await emptyStore(open)
      const waiver = aWaiver()
      const granted = aWaiverEntry(waiver)
      await store.waivers.put(waiver, granted)
      const revoked = revokedOf(waiver)
      expect(await grant(store, revoked)).toEqual(revoked)
      expect(await store.waivers.put(waiver, granted)).toEqual(revoked)
      expect(await store.waivers.get('acme', waiver.id)).toEqual(revoked)
      expect(await store.waivers.find('acme', about)).toEqual([revoked])
      expect(await walk(store.records)).toHaveLength(2)
    })

    test('that two revoke at once was revoked once, and both are told when', async () => {
      const store = await emptyStore(open)
      const waiver = aWaiver()
      await grant(store, waiver)
      const [first, second] = ['2026-11-25T00:00:00.000Z', '2026-11-25T00:00:00.001Z']
        .map((revokedAt) => ({ ...waiver, revokedAt }))
        .map((revoked) => grant(store, revoked))
      expect(await first).toEqual(await second)
      expect(await store.waivers.get('acme', waiver.id)).toEqual(await first)
      const entry = await store.records.get('acme', `${waiver.id}.revoked`)
      expect(entry?.at).toBe((await first)?.revokedAt)
    })

    test('that was never put is null', async () => {
      const { waivers } = await emptyStore(open)
      expect(await waivers.get('acme', 'wvr_1')).toBeNull()
      expect(await waivers.find('acme', about)).toEqual([])
      expect(await waivers.list('acme', 10)).toEqual([])
    })
  })

  describe('the waivers about a request', () => {
    const cases: readonly [string, Partial<Waiver>, boolean][] = [
      ['this rule, resource and environment', {}, true],
      ['another part of it', { part: 'sidecar' }, true],
      ['expired', { expiresAt: '2026-11-21T00:00:00.000Z' }, true],
      ['revoked', { revokedAt: '2026-11-21T00:00:00.000Z' }, true],
      ['not yet granted', { grantedAt: '2026-11-30T00:00:00.000Z' }, true],
      ['the other rule that is asked for', { rule: 'deploy.tests' }, true],
      ['a rule that is not asked for', { rule: 'deploy.approvals.x' }, false],
      ['another environment', { environment: 'staging' }, false],
      ['no environment', { environment: null }, false],
      ['another resource', { resource: { type: 'service', id: 'web' } }, false],
      ['another type of resource', { resource: { type: 'host', id: 'checkout' } }, false],
      ['another tenant', { tenant: 'other' }, false],
    ]
    test.each(cases)('%s', async (_, over, found) => {
      const store = await emptyStore(open)
      const waiver = aWaiver(over)
      await grant(store, waiver)
      const rules = ['deploy.approvals', 'deploy.tests']
      expect(await store.waivers.find('acme', { ...about, rules })).toEqual(found ? [waiver] : [])
    })

    test('without an environment are those without an environment', async () => {
      const store = await emptyStore(open)
      const anywhere = aWaiver({ environment: null })
      for (const waiver of [anywhere, aWaiver()]) await grant(store, waiver)
      expect(await store.waivers.find('acme', { ...about, environment: null })).toEqual([anywhere])
    })

    test('are all there are, whoever put them last', async () => {
      const store = await emptyStore(open)
      const granted = Array.from({ length: 30 }, () => aWaiver())
      await Promise.all(granted.map((waiver) => grant(store, waiver)))
      const found = await store.waivers.find('acme', about)
      expect(found.map(({ id }) => id).toSorted()).toEqual(granted.map(({ id }) => id).toSorted())
    })

    test('are none where no rule is asked for', async () => {
      const store = await emptyStore(open)
      await grant(store, aWaiver())
      expect(await store.waivers.find('acme', { ...about, rules: [] })).toEqual([])
    })
  })

  test('a list of waivers is newest first, and no longer than asked for', async () => {
    const store = await emptyStore(open)
    const days = ['20', '22', '21', '22']
    const granted = days.map((day) => aWaiver({ grantedAt: `2026-11-${day}T00:00:00.000Z` }))
    for (const waiver of [...granted, aWaiver({ tenant: 'other' })]) await grant(store, waiver)
    const [a, b, c, d] = granted
    expect(await store.waivers.list('acme', 10)).toEqual([d, b, c, a])
    expect(await store.waivers.list('acme', 2)).toEqual([d, b])
  })

  test('waivers of two tenants may have one id, and stay apart', async () => {
    const store = await emptyStore(open)
    const [ours, theirs] = ['acme', 'other'].map((tenant) => aWaiver({ id: 'wvr_1', tenant }))
    if (ours === undefined || theirs === undefined) throw new Error('two were built')
    for (const waiver of [ours, revokedOf(theirs)]) await grant(store, waiver)
    expect(await store.waivers.get('acme', 'wvr_1')).toEqual(ours)
    expect(await store.waivers.get('other', 'wvr_1')).toEqual(revokedOf(theirs))
    expect(await store.waivers.get('third', 'wvr_1')).toBeNull()
  })

  test('a waiver whose entry stands already, by another attempt, does not change what was granted', async () => {
    const store = await emptyStore(open)
    const waiver = aWaiver()
    await grant(store, waiver)
    const other = { ...waiver, reason: 'another reason', expiresAt: '2030-01-01T00:00:00.000Z' }
    expect(await grant(store, other)).toEqual(waiver)
    expect(await store.waivers.find('acme', about)).toEqual([waiver])
  })
}
