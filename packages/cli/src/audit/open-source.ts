import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { storeReader } from '@writ/service'
import { readStore } from '@writ/sqlite'
import type { Desk } from '../desk.ts'
import { openFolder } from './folder.ts'
import type { Source } from './source.ts'

/** Where to look: a folder that was exported, or the data folder of a house. */
export type Where = { readonly folder?: string | undefined; readonly data?: string | undefined }

export function openSource({ folder, data }: Where, { cwd }: Desk): Source {
  if (data !== undefined && folder === undefined) return openData(resolve(cwd, data))
  if (folder !== undefined && data === undefined) return openFolder(resolve(cwd, folder))
  throw new Fault('request-invalid', 'Say where to look: a folder that was exported, or --data DIR')
}

/** The store of a house, which may be running. */
function openData(data: string): Source {
  const store = readStore(join(data, 'writ.db'))
  return {
    name: data,
    reader: storeReader(store),
    expects: () => true,
    policy: policyOf(join(data, 'log.vkey')),
    amissBeside: async () => null,
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
