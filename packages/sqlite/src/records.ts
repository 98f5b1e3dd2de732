import type { Records } from '@writ/service'
import type { Connection } from './connection.ts'
import { appendEntry, entryById, eraseEntry } from './entries.ts'
import { listEntries } from './list.ts'

export function createRecords(connection: Connection): Records {
  return {
    append: (entry) => connection.write((session) => appendEntry(session, entry), entry.at),
    erase: async (entry, erasure) => {
      const stands = await connection.write(
        (session) => eraseEntry(session, entry, erasure),
        erasure.at,
      )
      connection.forget()
      return stands
    },
    get: async (tenant, id) => connection.read((session) => entryById(session, tenant, id)),
    list: async (tenant, query) => ({
      ...connection.read((session) => listEntries(session, tenant, query)),
      oldestUnlisted: connection.oldestWaiting(),
    }),
  }
}
