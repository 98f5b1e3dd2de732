import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { readCases, type Case } from './cases.ts'
import { idOf } from './metadata-fields.ts'
import type { Pack } from './pack.ts'

/** The cases of every rule of a pack, in order of rule. */
export async function casesIn({ rules }: Pack, policies: string): Promise<readonly Case[]> {
  const found = await Promise.all(rules.map(({ path }) => casesOf(idOf(path), policies)))
  return found.flat()
}

/** The cases beside one rule; none where it has no `.cases.yaml`. Throws the Fault `bundle-invalid` where they make no sense. */
export async function casesOf(id: string, policies: string): Promise<readonly Case[]> {
  const path = `${id.replaceAll('.', '/')}.cases.yaml`
  const folder = await readdir(join(policies, path, '..'))
  if (!folder.includes(path.split('/').at(-1) ?? '')) return []
  try {
    return readCases(id, await readFile(join(policies, path), 'utf8'))
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    const facts = { issues: [{ pointer: path, message }] }
    throw new Fault('bundle-invalid', `The cases of ${id} cannot be read`, { facts, cause })
  }
}
