import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const shipped = join(import.meta.dirname, '..', '..', 'policies')

/** The shipped pack with so many of its rules about Kubernetes, and no others. */
export function packWithRules(count: number, folder: string): string {
  cpSync(shipped, folder, { recursive: true })
  const rules = globSync('{access,config,deploy,system}/**/*.rego', { cwd: folder })
    .filter((path) => !path.endsWith('_test.rego'))
    .map((path) => path.slice(0, -'.rego'.length))
    .toSorted()
  const kept = rules.filter((path) => path.startsWith('config/kubernetes/')).slice(0, count)
  for (const path of rules.filter((one) => !kept.includes(one)))
    for (const ending of ['.rego', '_test.rego', '.cases.yaml'])
      rmSync(join(folder, `${path}${ending}`), { force: true })
  const file = join(folder, 'enforcement.json')
  const { environments, governed, levels } = JSON.parse(readFileSync(file, 'utf8'))
  const ids = kept.map((path) => path.replaceAll('/', '.'))
  const enforcement = {
    environments,
    governed: Object.fromEntries(Object.keys(governed).map((name) => [name, []])),
    levels: Object.fromEntries(Object.entries(levels).filter(([id]) => ids.includes(id))),
  }
  writeFileSync(file, JSON.stringify(enforcement))
  return folder
}
