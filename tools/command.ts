import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { builtins, bundling } from './bundling.ts'

const root = join(import.meta.dirname, '..')

/**
 * Writes the `writ` command into a folder as a few files, `main.js` and what it loads when a command needs it. Gives every file
 * that decides what they are, from the root of the repository.
 */
export async function bundleCommand(outdir: string): Promise<readonly string[]> {
  const { metafile } = await build({
    ...bundling,
    splitting: true,
    minifyWhitespace: true,
    metafile: true,
    absWorkingDir: root,
    entryPoints: { main: join(root, 'packages/cli/src/main.ts') },
    outdir,
    plugins: [builtins, places, large],
  })
  // What a plugin made up bears the name of its namespace, and is decided by `makers`.
  const inputs = Object.keys(metafile.inputs).filter((path) => !/^\w+:/.test(path))
  const manifests = inputs.map((path) => `${packageOf(path)}/package.json`)
  return [...new Set([...inputs, ...manifests, ...makers])]
}

/** What decides how a bundle is made. */
const makers = [
  'node_modules/esbuild/package.json',
  'packages/cli/bin/kept-code.js',
  'tools/bundling.ts',
  'tools/command.ts',
  'tsconfig.json',
]

function packageOf(path: string): string {
  return /^(?:.*node_modules\/(?:@[^/]+\/)?|packages\/)[^/]+/.exec(path)?.[0] ?? '.'
}

/** A source finds what lies beside it by its own place, not by the bundle's. */
const places: Plugin = {
  name: 'places',
  setup: (bundle) => {
    bundle.onLoad({ filter: /\/packages\/[^/]+\/src\/.+\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const place = JSON.stringify(pathToFileURL(path).href)
      return { contents: text.replaceAll('import.meta.url', place), loader: 'ts' }
    })
  },
}

/** AWS's own client is half of all code, for one source of `writ audit`: it is loaded from where it is installed. */
const large: Plugin = {
  name: 'large',
  setup: (bundle) => {
    bundle.onResolve({ filter: /^@aws-sdk\// }, ({ path }) => ({
      path: import.meta.resolve(path),
      external: true,
    }))
  },
}
