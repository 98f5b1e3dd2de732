import { basename } from 'node:path'
import type { Compiler } from './compile.ts'
import { manifestName, saysOld } from './old-rego.ts'
import type { Pack } from './pack.ts'
import { modernised } from './rego-version.ts'

/** The folders of a pack whose `.manifest` says that they hold Rego of before OPA 1.0. */
function oldFolders({ json }: Pack): readonly string[] {
  const manifests = [...json].filter(([path]) => basename(path) === manifestName)
  return manifests
    .filter(([, text]) => saysOld(text))
    .map(([path]) => path.slice(0, -manifestName.length).replace(/\/$/, ''))
}

/** The same with the Rego of old folders as OPA 1.0 takes it. */
export async function modernPack(pack: Pack, compiler: Compiler): Promise<Pack> {
  const all = await modernised([...pack.rules, ...pack.library], oldFolders(pack), compiler)
  const [rules, library] = [all.slice(0, pack.rules.length), all.slice(pack.rules.length)]
  return { ...pack, rules, library }
}
