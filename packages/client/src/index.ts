export { createClient } from './client.ts'
export type { Client, Decided, DecisionFilters, RetryKey } from './client.ts'
export type { ClientOptions } from './transport.ts'
