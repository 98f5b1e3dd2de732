import { join } from 'node:path'
import { createApp, pages } from '@writ/http'
import { signatureTypes, verifierKey } from '@writ/ledger'
import { createUseCases, foldAsOf } from '@writ/service'
import { openDoors } from './doors.ts'
import { openKeptBundles } from './kept-bundles.ts'
import { openLog, sources } from './store.ts'

/**
 * Answers everything that only reads: decisions, records, scorecards, waivers, policies, and the pages. Listing waivers finishes
 * one that was half granted, and who is shown records is recorded, so its role may also add records.
 */
export const handler = await openDoors('read', import.meta.dirname, {
  kinds: [],
  app: ({ settings, metrics, receiptSigner, ...house }, fence) => {
    const { WRIT_TENANT: tenant, WRIT_LOG: name, WRIT_LOG_PUBLIC_KEY: publicKey } = settings
    const logKey = verifierKey(name, signatureTypes.ed25519, publicKey)
    const { log } = openLog(settings, metrics)
    const bundles = join(import.meta.dirname, 'bundles')
    return createApp({
      ...fence,
      ...house,
      ...createUseCases(house, {
        ...sources,
        ...house,
        foldAsOf,
        log,
        logKey: { tenant, key: () => logKey },
      }),
      pages,
      keys: () => ({ log: logKey, receipts: receiptSigner.key }),
      readKeptBundle: openKeptBundles(bundles, settings.WRIT_BUNDLES_BUCKET),
      checkReady: async () => {
        await house.records.list(tenant, { filter: {}, before: null, limit: 1 })
      },
      tenants: [tenant],
      cursorKey: settings.WRIT_CURSOR_KEY,
    })
  },
})
