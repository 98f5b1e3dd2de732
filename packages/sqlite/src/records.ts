import type { Records } from '@writ/service'
import type { Connection } from './connection.ts'
import { appendEntry, entryById } from './entries.ts'
import { listEntries } from './list.ts'

export function createRecords(connection: Connection): Records {
  return {
    append: (entry) => connection.write((session) => appendEntry(session, entry), entry.at),
    get: async (tenant, id) => connection.read((session) => entryById(session, tenant, id)),
    list: async (tenant, query) => ({
      ...connection.read((session) => listEntries(session, tenant, query)),
      oldestUnlisted: connection.oldestWaiting(),
    }),
  }
}
