import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import type { Validate } from './check.ts'

/** The check whose source `schemaSource` gave. It runs as it stands: whoever kept it vouches for it. */
export function loadedCheck(source: string): Validate {
  const module: { exports: unknown } = { exports: {} }
  const run = compileFunction(source, ['module', 'require'])
  Reflect.apply(run, undefined, [module, createRequire(import.meta.url)])
  if (isValidate(module.exports)) return module.exports
  throw new TypeError('the source exports no check')
}

function isValidate(value: unknown): value is Validate {
  return typeof value === 'function'
}
