import { dump, load } from 'js-yaml'
import type { Json } from '@writ/domain'

/** One YAML document of our own as a JSON value: cases, never what a stranger sent. Throws where it is none. */
export function readYaml(text: string): Json {
  const value: Json = JSON.parse(JSON.stringify(load(text)))
  return value
}

/** A JSON value as people write YAML: blocks, no anchors, no folded lines. */
export function writeYaml(value: Json): string {
  return dump(value, { noRefs: true, lineWidth: -1 })
}
