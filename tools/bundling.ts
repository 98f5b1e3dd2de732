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
 * loaded lazily (nodejs/node#57649). Asked for in this way, nothing is touched that is not used: a name that nobody imports
 * leaves the bundle with the call that would have read it.
 */
export const builtins: Plugin = {
  name: 'builtins',
  setup: (bundle) => {
    bundle.onResolve({ filter: /./ }, ({ path, kind }) =>
      isBuiltin(path)
        ? { path, namespace: kind === 'require-call' ? 'required' : 'imported' }
        : null,
    )
    bundle.onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = ${asked(path)}`,
    }))
    bundle.onLoad({ filter: /./, namespace: 'imported' }, ({ path }) => ({
      contents: [
        `export default ${pure(asked(path))}`,
        ...namesOf(path).map((name) => `export const ${name} = ${pure(`${asked(path)}.${name}`)}`),
      ].join('\n'),
    }))
  },
}

function asked(builtin: string): string {
  return `process.getBuiltinModule(${JSON.stringify(builtin)})`
}

function pure(expression: string): string {
  return `/* @__PURE__ */ (() => ${expression})()`
}

/** Those that can be written as a name; what lies behind them is not looked at. */
function namesOf(builtin: string): readonly string[] {
  const loaded: object = process.getBuiltinModule(builtin) ?? {}
  return Object.keys(loaded).filter((name) => /^[A-Za-z]\w*$/.test(name) && name !== 'default')
}
