import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Json } from '@writ/domain'
import { memberOf, objectOf, textOf } from './json-read.ts'

/** A standard as a pack lists it in `controls/<name>.json`: its controls with a few words each. */
export type Standard = {
  readonly name: string
  /** What of the standard is listed, and where to read it. */
  readonly about: string
  /** What its control ids begin with, such as `SOC2-`. */
  readonly prefix: string
  /** Control, without the prefix → what it asks for, in our own words. */
  readonly controls: { readonly [control: string]: string }
}

/** The standards of a pack, in the order of their files; none where it lists none. */
export async function readStandards(policies: string): Promise<readonly Standard[]> {
  const names = await readdir(policies)
  if (!names.includes('controls')) return []
  const files = await readdir(join(policies, 'controls'))
  const read = files
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map(async (file) => standardOf(await readFile(join(policies, 'controls', file), 'utf8')))
  return Promise.all(read)
}

function standardOf(text: string): Standard {
  const value: Json = JSON.parse(text)
  const words = Object.entries(objectOf(memberOf(value, 'controls')) ?? {})
  return {
    name: textOf(memberOf(value, 'name')),
    about: textOf(memberOf(value, 'about')),
    prefix: textOf(memberOf(value, 'prefix')),
    controls: Object.fromEntries(words.map(([control, what]) => [control, textOf(what)])),
  }
}

/** What a control asks for; null where no standard of the pack lists it. */
export function controlWords(standards: readonly Standard[], id: string): string | null {
  for (const { prefix, controls } of standards) {
    const control = id.startsWith(prefix) ? id.slice(prefix.length) : ''
    if (Object.hasOwn(controls, control)) return controls[control] ?? null
  }
  return null
}
