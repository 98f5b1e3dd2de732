export { createClient } from './client.ts'
export type { Client, DecisionFilters, RetryKey } from './client.ts'
export type { ClientOptions } from './transport.ts'
