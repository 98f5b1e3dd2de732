import { isList, type Json, type JsonObject } from '@writ/domain'
import { isMapping } from './detect.ts'
import { isSecretName, masked, passwordInAddress } from './mask-names.ts'

const towardsPods = ['spec', 'template', 'jobTemplate']
const containers = ['containers', 'initContainers', 'ephemeralContainers']

/** A workload whose containers have no secret written out among their variables; itself where none has. */
export function maskVariables(content: JsonObject): JsonObject {
  const inside = changed(content, towardsPods, (member) =>
    isMapping(member) ? maskVariables(member) : member,
  )
  return changed(inside, containers, (list) => changedItems(list, maskContainer))
}

function maskContainer(container: Json): Json {
  if (!isMapping(container)) return container
  return changed(container, ['env'], (list) => changedItems(list, maskVariable))
}

/** How keys and tokens begin, which stays, so that rules can see what stood there. */
const beginning =
  /^(?:-----BEGIN (?:[A-Z]+ )?PRIVATE|AIza|AKIA|dckr_pat_|ghp_|github_pat_|glpat-|https:\/\/hooks\.slack\.com\/services\/|sk_live_|xox[bp]-)/
/** What says where the secret is, or is still to be filled in, is none. */
const isElsewhere = /^\s*(?:$|\{\{|<|\/|file:|vault:|\$)|^\s*[A-Z_]*_[A-Z_]*\s*$/

function maskVariable(variable: Json): Json {
  if (!isMapping(variable)) return variable
  const { name, value } = variable
  if (typeof name !== 'string' || typeof value !== 'string') return variable
  const [begins] = beginning.exec(value) ?? []
  if (begins !== undefined) return { ...variable, value: begins + masked }
  if (isSecretName(name, value) && !isElsewhere.test(value)) return { ...variable, value: masked }
  const shown = value.replaceAll(passwordInAddress, (all, before: string, password: string) =>
    isElsewhere.test(password) ? all : before + masked,
  )
  return shown === value ? variable : { ...variable, value: shown }
}

/** The object with these of its members changed; itself where none is another. */
function changed(
  object: JsonObject,
  names: readonly string[],
  change: (member: Json) => Json,
): JsonObject {
  let now = object
  for (const name of names) {
    const member = object[name]
    const other = member === undefined ? member : change(member)
    if (other !== undefined && other !== member) now = { ...now, [name]: other }
  }
  return now
}

function changedItems(list: Json, change: (item: Json) => Json): Json {
  if (!isList(list)) return list
  const now = list.map(change)
  return now.every((item, at) => item === list[at]) ? list : now
}
