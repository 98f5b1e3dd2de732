import type { Moment, Service } from './shop.ts'

/** Somebody asks to deploy, and may then report that it is done. */
export type DeployStory = Moment & {
  readonly service: Service
  readonly version: string
  readonly by: string
  readonly approvedBy: readonly string[]
  readonly environment?: 'staging'
  /** Approved this commit, which is not the newest. */
  readonly approvedBefore?: readonly string[]
  /** The image is named by its tag alone. */
  readonly unpinned?: true
  /** The pipeline forgot to say who approved. */
  readonly silent?: true
  /** When it was there, on the same day. */
  readonly deployed?: string
}

export const deploys: readonly DeployStory[] = [
  { daysAgo: 13, time: '09:10', service: 'web', version: '4.18.0', by: 'alice', approvedBy: ['bob', 'chen'], deployed: '09:24' },
  { daysAgo: 13, time: '14:05', service: 'checkout', version: '2.14.0', by: 'dana', approvedBy: ['emeka', 'fatima'], deployed: '14:20' },
  { daysAgo: 12, time: '10:00', service: 'payments', version: '7.3.1', by: 'emeka', approvedBy: ['emeka', 'dana'] },
  { daysAgo: 12, time: '11:30', service: 'payments', version: '7.3.1', by: 'emeka', approvedBy: ['dana', 'fatima'], deployed: '11:46' },
  { daysAgo: 11, time: '09:40', service: 'search', version: '1.9.0', by: 'bob', approvedBy: ['alice'], environment: 'staging', deployed: '09:52' },
  { daysAgo: 10, time: '13:20', service: 'catalog', version: '3.2.0', by: 'chen', approvedBy: ['alice', 'bob'], deployed: '13:35' },
  { daysAgo: 9, time: '10:15', service: 'shipping', version: '5.0.0', by: 'hugo', approvedBy: ['ines', 'fatima'], unpinned: true },
  { daysAgo: 8, time: '09:00', service: 'orders', version: '6.1.1', by: 'hugo', approvedBy: [], deployed: '09:06' },
  { daysAgo: 7, time: '15:00', service: 'notifications', version: '2.2.0', by: 'kofi', approvedBy: [], silent: true },
  { daysAgo: 6, time: '11:00', service: 'accounts', version: '8.4.0', by: 'lena', approvedBy: ['kofi', 'emeka'], deployed: '11:12' },
  { daysAgo: 5, time: '10:30', service: 'web', version: '4.19.0', by: 'bob', approvedBy: ['alice', 'chen'], deployed: '10:45' },
  { daysAgo: 4, time: '16:00', service: 'cart', version: '1.30.0', by: 'fatima', approvedBy: ['dana', 'emeka'], deployed: '16:11' },
  { daysAgo: 3, time: '09:20', service: 'checkout', version: '2.15.0', by: 'dana', approvedBy: ['emeka'], approvedBefore: ['fatima'] },
  { daysAgo: 3, time: '10:05', service: 'checkout', version: '2.15.0', by: 'dana', approvedBy: ['emeka', 'fatima'], deployed: '10:20' },
  { daysAgo: 1, time: '09:30', service: 'shipping', version: '5.0.1', by: 'hugo', approvedBy: ['ines', 'fatima'], deployed: '09:50' },
  { daysAgo: 1, time: '11:00', service: 'catalog', version: '3.3.0', by: 'alice', approvedBy: ['chen', 'bob'] },
] // prettier-ignore

/** What was deployed without asking: it is found out all the same, once it is reported. */
export const bypasses: readonly (Moment & {
  readonly service: Service
  readonly version: string
})[] = [{ daysAgo: 11, time: '16:10', service: 'search', version: '1.9.0' }]

export type AccessStory = Moment & {
  readonly who: string
  readonly roles: readonly string[]
  readonly action: string
  readonly resource: { readonly type: string; readonly id: string }
  readonly environment: string
  readonly duties?: { readonly [duty: string]: string }
}

export const accesses: readonly AccessStory[] = [
  { daysAgo: 12, time: '08:55', who: 'grace', roles: ['release-manager'], action: 'approve', resource: { type: 'change', id: 'payments-7.3.1' }, environment: 'production', duties: { request: 'emeka' } },
  { daysAgo: 10, time: '17:30', who: 'chen', roles: ['developer'], action: 'read', resource: { type: 'database', id: 'catalog' }, environment: 'production' },
  { daysAgo: 8, time: '08:41', who: 'ines', roles: ['on-call'], action: 'restart', resource: { type: 'service', id: 'orders' }, environment: 'production' },
  { daysAgo: 6, time: '14:20', who: 'dana', roles: ['developer', 'release-manager'], action: 'approve', resource: { type: 'change', id: 'checkout-2.15.0' }, environment: 'production', duties: { request: 'dana' } },
  { daysAgo: 5, time: '13:02', who: 'lena', roles: ['database-admin'], action: 'migrate', resource: { type: 'database', id: 'accounts' }, environment: 'production' },
  { daysAgo: 2, time: '09:15', who: 'kofi', roles: [], action: 'read', resource: { type: 'logs', id: 'notifications' }, environment: 'production' },
] // prettier-ignore

/** Somebody wants a change of what runs in the cluster. */
export type ConfigStory = Moment & {
  readonly by: string
  readonly service: Service
  /** Shows that it does not run as root. */
  readonly hardened: boolean
  readonly privileged?: true
  /** Reads the logs of its node, from this folder. */
  readonly nodeLogs?: true
}

export const changes: readonly ConfigStory[] = [
  { daysAgo: 13, time: '08:30', by: 'alice', service: 'web', hardened: true },
  { daysAgo: 9, time: '09:50', by: 'hugo', service: 'shipping', hardened: false },
  { daysAgo: 7, time: '10:10', by: 'kofi', service: 'notifications', hardened: true, privileged: true },
  { daysAgo: 7, time: '11:25', by: 'kofi', service: 'notifications', hardened: true, nodeLogs: true },
  { daysAgo: 2, time: '15:45', by: 'dana', service: 'checkout', hardened: true },
] // prettier-ignore
