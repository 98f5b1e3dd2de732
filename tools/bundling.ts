import { isBuiltin } from 'node:module'
import type { BuildOptions, Plugin } from 'esbuild'

/** What all bundles have in common. */
export const bundling = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'error',
} satisfies BuildOptions

/**
 * An import of `node:http` as a module makes Node load all of undici, 40 ms of every start, because the module shows what is
 * loaded lazily (nodejs/node#57649). Asked for in this way, nothing is touched that is not used.
 */
export const builtins: Plugin = {
  name: 'builtins',
  setup: (bundle) => {
    bundle.onResolve({ filter: /./ }, ({ path }) =>
      isBuiltin(path) ? { path, namespace: 'builtin' } : null,
    )
    bundle.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
  },
}
