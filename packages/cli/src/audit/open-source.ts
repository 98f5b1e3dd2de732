import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { storeReader } from '@writ/service'
import { readStore } from '@writ/sqlite'
import type { Desk } from '../desk.ts'
import { openFolder } from './folder.ts'
import { openServer } from './server.ts'
import { proveBySearch, type Source } from './source.ts'

/** Where to look: an export, the data folder of a house, or a service. */
export type Where = {
  readonly folder?: string | undefined
  readonly data?: string
  readonly server?: string
  /** Whose records; when absent, any, or those of a service's default. */
  readonly tenant?: string
  readonly timeout: number
}

export function openSource(where: Where, { cwd }: Desk): Source {
  const { folder, data, server, timeout } = where
  const tenant = where.tenant ?? null
  if ([folder, data, server].filter((place) => place !== undefined).length !== 1)
    throw new Fault('request-invalid', 'Say where to look: --data DIR, --server URL, or the folder of an export, and one of them only') // prettier-ignore
  if (server !== undefined) return openServer({ server, tenant, timeout })
  return data === undefined
    ? openFolder(resolve(cwd, folder ?? ''), tenant)
    : openData(resolve(cwd, data), tenant)
}

/** A ledger of which every record is looked at: a service shows those of one tenant only. */
export function openWhole(where: Where, desk: Desk): Source {
  if (where.server === undefined || where.tenant !== undefined) return openSource(where, desk)
  throw new Fault('request-invalid', 'A service shows the records of one tenant: say which, --tenant NAME') // prettier-ignore
}

/** The store of a house, which may be running. */
function openData(data: string, tenant: string | null): Source {
  const store = readStore(join(data, 'writ.db'))
  const reader = storeReader(store)
  return {
    name: data,
    reader,
    expects: () => true,
    policy: policyOf(join(data, 'log.vkey')),
    amissBeside: async () => null,
    prove: (id) => proveBySearch(reader, { id, tenant }),
    close: store.close,
  }
}

function policyOf(path: string): string | null {
  try {
    return `log ${readFileSync(path, 'utf8').trimEnd()}\nquorum none\n`
  } catch {
    return null
  }
}
