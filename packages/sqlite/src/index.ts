export { openDatabase } from './database.ts'
export type { Database, OpenDatabase } from './database.ts'
export { openStore, readStore } from './store.ts'
export type { Store } from './store.ts'
