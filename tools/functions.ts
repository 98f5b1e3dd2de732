import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildBundle } from '@writ/compiler'
import { packBundle } from '@writ/engine'
import { build, type Plugin } from 'esbuild'
import { surroundings } from './toolchain.ts'

const root = join(import.meta.dirname, '..')

/** Each function, and whether it decides or shows policies: then the compiled pack is packed with it. */
export const functions = { decide: true, read: true, admin: true, fold: false } as const

/**
 * Builds what is deployed: one folder a function, `index.mjs` with everything in it and the policy bundle beside it. The same
 * sources and the same pack give the same bytes, so that what was tested in one stage is what goes to the next.
 */
export async function buildFunctions(out: string): Promise<void> {
  const bundle = await buildBundle({ ...surroundings(), policies: join(root, 'policies') })
  const packed = packBundle(bundle)
  await rm(out, { recursive: true, force: true })
  for (const [name, hasPolicies] of Object.entries(functions)) {
    const folder = join(out, name)
    await bundleCode(name, join(folder, 'index.mjs'))
    if (!hasPolicies) continue
    await mkdir(join(folder, 'policies'))
    for (const [file, bytes] of packed) await writeFile(join(folder, 'policies', file), bytes)
  }
}

/**
 * An import of `node:http` as a module makes Node load all of undici, 40 ms of every start, because the module shows what is
 * loaded lazily (nodejs/node#57649). Asked for in this way, nothing is touched that is not used.
 */
const builtins: Plugin = {
  name: 'builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin' }))
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
  },
}

async function bundleCode(name: string, outfile: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'functions', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    keepNames: true, // what is thrown keeps its name in the log
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'error',
    plugins: [builtins],
    banner: {
      js: 'import{createRequire as __require}from"node:module";const require=__require(import.meta.url);',
    },
  })
}

if (import.meta.main) await buildFunctions(join(root, 'dist', 'functions'))
