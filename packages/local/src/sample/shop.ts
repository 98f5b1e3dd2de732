/** The made-up shop: its services, and the team that owns each. */
export const teams = {
  web: 'storefront',
  catalog: 'storefront',
  search: 'storefront',
  cart: 'purchase',
  checkout: 'purchase',
  payments: 'purchase',
  orders: 'fulfilment',
  shipping: 'fulfilment',
  accounts: 'platform',
  notifications: 'platform',
} as const

export type Service = keyof typeof teams

/** A moment of the past two weeks: so many days before the house started, at a time in UTC. */
export type Moment = { readonly daysAgo: number; readonly time: string }

export function instantOf({ daysAgo, time }: Moment, now: Date): Date {
  const day = new Date(now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  return new Date(`${day}T${time}:00.000Z`)
}
