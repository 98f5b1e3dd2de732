import { definitionsOf } from '../definitions.ts'
import type { RegoFile } from '../pack.ts'

/**
 * An entrypoint as OPA's compiler takes it, `package/rule`. People also write the path as a query has it:
 * `data.package.rule`, or with brackets around what is no plain name.
 */
export function entrypointOf(written: string): string {
  if (written.includes('/') && !written.includes('[')) return written.replace(/^\/+|\/+$/g, '')
  const steps = [...written.matchAll(/\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)]
  const names = steps.map(([, quoted, plain]) => quoted ?? plain ?? '')
  return (names[0] === 'data' ? names.slice(1) : names).join('/')
}

/** Every package and rule of these files, as entrypoints. */
export function entrypointsIn(files: readonly RegoFile[]): readonly string[] {
  const found = files.flatMap(({ path, text }) => (path.endsWith('.rego') ? namesIn(text) : []))
  return [...new Set(found)].toSorted()
}

function namesIn(text: string): readonly string[] {
  const definitions = definitionsOf(text)
  const head = definitions.find(({ name }) => name === 'package')?.tokens ?? []
  const own = entrypointOf(
    head
      .slice(1)
      .map(({ type, text: word }) => (type === 'string' ? `"${word}"` : word))
      .join(''),
  )
  const rules = definitions.filter(({ name, tokens }) => {
    const isFunction = tokens[1]?.text === '('
    return name !== 'package' && name !== 'import' && !isFunction
  })
  return [own, ...rules.map(({ name }) => `${own}/${name.replaceAll('.', '/')}`)]
}
