import { writeYaml } from '@writ/documents'
import type { Json, JsonObject, Rule } from '@writ/domain'
import type { Case } from './cases.ts'
import { dockerfileText } from './dockerfile-text.ts'
import { hclText } from './hcl-text.ts'
import { listOf, memberOf, objectOf, textOf } from './json-read.ts'
import { patched } from './patch.ts'
import type { Block } from './page.ts'

type Example = { readonly before: readonly Block[]; readonly after: readonly Block[] }

/** A failing case as it is, and with its fix: the whole request, or the documents that differ, as people write them. */
export function exampleOf({ kind }: Rule, { request, fix }: Case): Example {
  const fixed = objectOf(patched(request, fix)) ?? {}
  return kind === 'config' ? changedDocuments(request, fixed) : wholeRequests(request, fixed)
}

function changedDocuments(request: JsonObject, fixed: JsonObject): Example {
  const [old, mended] = [documentsOf(request), documentsOf(fixed)]
  const same = (left: Json, right: Json | undefined): boolean =>
    JSON.stringify(left) === JSON.stringify(right)
  const changed = old.filter((document, at) => !same(document, mended[at]))
  // What is missing is seen only beside what is there.
  const before = changed.length === 0 ? old : changed
  const after = mended.filter((document, at) => !same(document, old[at]))
  const texts = [...before, ...after].map(hclText)
  const block = texts.includes(null) ? documentBlock : codeBlock
  return { before: before.map(block), after: after.map(block) }
}

function documentsOf(request: JsonObject): readonly Json[] {
  return listOf(memberOf(request, 'context'), 'documents')
}

function documentBlock(document: Json): Block {
  const name = `# ${textOf(memberOf(document, 'path') ?? memberOf(document, 'id'))}`
  const content = memberOf(document, 'content') ?? null
  if (memberOf(document, 'type') === 'dockerfile')
    return { type: 'code', language: 'dockerfile', text: `${name}\n${dockerfileText(content)}` }
  const yaml = writeYaml(content).replace(/^'on':/m, 'on:') // a workflow is YAML 1.2, where this is no boolean
  return { type: 'code', language: 'yaml', text: `${name}\n${yaml}`.trimEnd() }
}

/** A resource as its code has it; what only a plan shows stays a part of the plan. */
function codeBlock(document: Json): Block {
  const hcl = hclText(document)
  return hcl === null ? documentBlock(document) : { type: 'code', language: 'hcl', text: hcl }
}

function wholeRequests(request: JsonObject, fixed: JsonObject): Example {
  const block = (one: JsonObject): Block => {
    return { type: 'code', language: 'json', text: JSON.stringify(one, null, 2) }
  }
  return { before: [block(request)], after: [block(fixed)] }
}
