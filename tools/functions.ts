import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buildBundle } from '@writ/compiler'
import { keptFiles, packBundle } from '@writ/engine'
import { build, type Plugin } from 'esbuild'
import { builtins, bundling } from './bundling.ts'
import { surroundings } from './toolchain.ts'

const root = join(import.meta.dirname, '..')

/** Each function, and whether it decides or shows policies: then the compiled pack is packed with it. */
export const functions = {
  decide: true,
  read: true,
  admin: true,
  fold: false,
  seal: false,
} as const

/**
 * Builds what is deployed: one folder a function, `index.mjs` with everything in it and the policy bundle beside it. The same
 * sources and the same pack give the same bytes, so that what was tested in one stage is what goes to the next.
 */
export async function buildFunctions(out: string): Promise<void> {
  const bundle = await buildBundle({ ...surroundings(), policies: join(root, 'policies') })
  const { files, checks } = packBundle(bundle)
  await rm(out, { recursive: true, force: true })
  for (const [name, hasPolicies] of Object.entries(functions)) {
    const folder = join(out, name)
    await bundleCode(name, join(folder, 'index.mjs'))
    if (!hasPolicies) continue
    await writeFiles(join(folder, 'policies'), files)
    await bundleChecks(checks, join(folder, 'policies', 'checks.mjs'))
  }
  // Who reads may decide again what was decided by it.
  await writeFiles(join(out, 'read', 'bundles'), keptFiles(bundle))
}

async function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
}

const deployed = { ...bundling, minify: true } as const

async function bundleCode(name: string, outfile: string): Promise<void> {
  await build({
    ...deployed,
    absWorkingDir: root,
    entryPoints: [join(root, 'functions', `${name}.ts`)],
    outfile,
    plugins: [builtins],
  })
}

/** One module with the check of each kind, which `rego` compiled and which asks for a few files of ajv. */
async function bundleChecks(checks: ReadonlyMap<string, string>, outfile: string): Promise<void> {
  const resolveDir = join(root, 'packages', 'rego')
  const compiled: Plugin = {
    name: 'checks',
    setup: (checking) => {
      checking.onResolve({ filter: /^check:/ }, ({ path }) => ({ path, namespace: 'check' }))
      checking.onLoad({ filter: /.*/, namespace: 'check' }, ({ path }) => ({
        contents: checks.get(path.slice('check:'.length)) ?? '',
        resolveDir,
      }))
    },
  }
  const exported = [...checks.keys()].map(
    (kind) => `export { default as ${kind} } from 'check:${kind}'`,
  )
  const stdin = { contents: exported.join('\n'), resolveDir }
  await build({ ...deployed, stdin, outfile, plugins: [compiled] })
}

if (import.meta.main) await buildFunctions(join(root, 'dist', 'functions'))
