import type { Issue } from '@writ/domain'
import { definitionsOf, packageOf, type Definition } from './definitions.ts'
import { idOf } from './metadata-fields.ts'
import { kindOf, type RegoFile } from './pack.ts'
import { issueAt } from './place.ts'

/** What every rule file must define, in the form that the gathering code can read, and the package that its path names. */
export function checkRuleFile(file: RegoFile): readonly Issue[] {
  const definitions = definitionsOf(file.text)
  const isConfig = kindOf(file.path) === 'config'
  return [
    ...checkPlace(file, definitions),
    ...checkHead(file, definitions, { name: 'finding', isSet: true }),
    ...checkHead(file, definitions, { name: 'applies', isSet: isConfig }),
  ]
}

/** A library file: only its package is looked at. */
export function checkLibraryFile(file: RegoFile): readonly Issue[] {
  return checkPackage(file, definitionsOf(file.text))
}

function checkPlace(file: RegoFile, definitions: readonly Definition[]): readonly Issue[] {
  const parts = idOf(file.path).split('.')
  const needed = kindOf(file.path) === 'config' ? 3 : 2
  const issues = checkPackage(file, definitions)
  const isNamed = parts.every((part) => /^[a-z][a-z0-9_]*$/.test(part))
  const name = isNamed ? [] : ['a rule is named in lower case, digits and _: rename the file']
  const depth =
    parts.length >= needed
      ? []
      : ['a config rule lies in a folder of its family of documents, such as config/kubernetes/']
  return [...issues, ...[...name, ...depth].map((message) => ({ pointer: file.path, message }))]
}

function checkPackage(file: RegoFile, definitions: readonly Definition[]): readonly Issue[] {
  const [found, expected] = [packageOf(definitions), idOf(file.path)]
  if (found === expected) return []
  const token = definitions.find(({ name }) => name === 'package')?.tokens[0]
  const message = `the package is ${found ?? 'missing'}; the path of this file makes it ${expected}`
  return [issueAt(file.path, token ?? { row: 1, column: 1 }, message)]
}

type Head = { readonly name: 'applies' | 'finding'; readonly isSet: boolean }

function checkHead(
  { path }: RegoFile,
  definitions: readonly Definition[],
  { name, isSet }: Head,
): readonly Issue[] {
  const heads = definitions.filter((definition) => definition.name === name)
  const form = isSet ? `${name} contains … if { … }` : `${name} if { … }`
  if (heads.length === 0)
    return [{ pointer: path, message: `defines no ${name}: write \`${form}\`` }]
  return heads.flatMap((head) => {
    const first = head.tokens[0] ?? { row: 1, column: 1 }
    const second = head.tokens[head.isDefault ? 2 : 1]
    const isSetHead = second?.text === 'contains'
    const isPlain = !head.isDefault && ['if', ':', '{'].includes(second?.text ?? '')
    if (isSet ? isSetHead : isPlain || head.isDefault) return []
    return [issueAt(path, first, `${name} must be written \`${form}\`, or it cannot be gathered`)]
  })
}
