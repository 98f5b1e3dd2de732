// Runs sst.config.ts as SST runs it, but under Pulumi's mock monitor: no Pulumi command, no provider, no account, no network.
// usage: node test/infra/synthesize.ts <stage>   →   JSON {app, resources, retained, waiting, outputs} on standard output
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { extname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { account, mocks, plain, type Resource } from './mocks.ts'

const stage = process.argv[2] ?? ''
const root = join(import.meta.dirname, '..', '..')
const platform = join(root, '.sst', 'platform')
const ofPlatform = createRequire(join(platform, 'package.json'))

/** As SST bundles it: every file of ours sees `sst`, `aws` and the `$…` names without importing them. */
async function bundle(): Promise<string> {
  const { build } = ofPlatform('esbuild')
  const lock = JSON.parse(readFileSync(join(root, '.sst/provider-lock.json'), 'utf8'))
  const globals = [
    ...lock.map(
      ({ alias, package: name }: Record<string, string>) => `import * as ${alias} from "${name}";`,
    ),
    `import * as sst from "${platform}/src/components";`,
  ].join('\n')
  const outfile = join(platform, `synthesized.${process.pid}.mjs`)
  await build({
    stdin: {
      contents: `
        export { run } from "${platform}/src/auto/run.ts";
        export { default as config } from "${root}/sst.config.ts";
        export * as pulumi from "@pulumi/pulumi";`,
      resolveDir: root,
      sourcefile: 'synthesized.ts',
      loader: 'ts',
    },
    banner: {
      js: `import { createRequire as __cr } from "module"; const require = __cr(import.meta.url);
import { fileURLToPath as __f } from "url"; const __filename = __f(import.meta.url); const __dirname = __f(new URL(".", import.meta.url));`,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    outfile,
    logLevel: 'error',
    nodePaths: [join(platform, 'node_modules')],
    inject: [join(platform, 'src/shim/run.js')],
    define: { $app: 'globalThis.__sst_app', $cli: 'globalThis.__sst_cli', $dev: 'false' },
    external: [
      '@pulumi/*',
      'undici',
      '@pulumiverse/*',
      '@sst-provider/*',
      '@aws-sdk/*',
      'esbuild',
      'archiver',
      'glob',
      'vite',
    ],
    plugins: [
      {
        name: 'globals',
        setup: (asked: PluginBuild) =>
          asked.onLoad({ filter: /\.(js|ts)$/ }, ({ path }) => withGlobals(globals, path)),
      },
    ],
  })
  return outfile
}

type PluginBuild = {
  onLoad(which: { filter: RegExp }, load: (file: { path: string }) => unknown): void
}

function withGlobals(globals: string, path: string): unknown {
  if (path.includes(`${sep}.sst${sep}`) || path.includes('node_modules')) return undefined
  return { contents: `${globals}\n${readFileSync(path, 'utf8')}`, loader: extname(path).slice(1) }
}

/** SST's command answers its program by RPC; only these two questions are asked. */
async function answerSst(): Promise<() => void> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () =>
      response.end(JSON.stringify(answer(JSON.parse(Buffer.concat(chunks).toString('utf8'))))),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  process.env['SST_SERVER'] = `http://127.0.0.1:${address.port}`
  return () => void server.close()
}

function answer({
  method,
  params: [asked],
}: {
  method: string
  params: [Record<string, string>]
}): unknown {
  if (method === 'Provider.Aws.Bootstrap')
    return {
      result: {
        asset: `sst-asset-${asked['region']}`,
        assetEcrRegistryId: account,
        assetEcrUrl: 'none',
        state: 'sst-state',
      },
    }
  if (method === 'Runtime.Build')
    return {
      result: {
        handler: asked['handler'],
        out: join(root, asked['bundle'] ?? ''),
        errors: [],
        sourcemaps: [],
      },
    }
  return { error: `nobody answers ${method}` }
}

const told = console.log
console.log = console.error // what a program of SST says is not the answer
const stop = await answerSst()
process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
process.env['AWS_REGION'] = process.env['WRIT_AWS_REGION']
Object.assign(globalThis, {
  __sst_cli: {
    command: 'diff',
    dev: false,
    paths: { home: join(root, '.sst'), root, work: join(root, '.sst'), platform },
    state: { version: {} },
  },
})
const app = { name: 'writ', stage, removal: 'retain', protect: false, providers: {} }
Object.assign(globalThis, { __sst_app: app }) // some of SST's own files look at it while they load
const outfile = await bundle()
const { config, run, pulumi } = await import(pathToFileURL(outfile).href).finally(() =>
  rmSync(outfile),
)
const { region } = Object.assign(app, await config.app({ stage })).providers.aws
const resources: Resource[] = []
await pulumi.runtime.setMocks(mocks(region, resources), app.name, stage, true)
const retained: string[] = []
/** How many others a resource waits for before it is made or changed. */
const waiting: Record<string, number> = {}
type Options = { retainOnDelete?: boolean; dependsOn?: readonly unknown[] }
const noted = ({ name, opts }: { name: string; opts: Options }): undefined => {
  if (opts.retainOnDelete === true) retained.push(name)
  if (opts.dependsOn !== undefined) waiting[name] = opts.dependsOn.length
}
const declared = (): unknown => {
  pulumi.runtime.registerStackTransformation(noted)
  return config.run()
}
const outputs = await pulumi.runtime.runInPulumiStack(() => run(declared))
const known = await new Promise((resolved) => pulumi.output(outputs).apply(resolved)) // resolves when the functions are packed
for (let quiet = 0, seen = 0; quiet < 20; quiet += 1) {
  await pulumi.runtime.waitForRPCs()
  await pause(50) // what a resource waits for, such as its code being packed, declares others later
  if (seen !== resources.length) quiet = 0
  seen = resources.length
}
stop()
const sorted = resources.toSorted((left, right) =>
  `${left.type} ${left.name}` < `${right.type} ${right.name}` ? -1 : 1,
)
told(JSON.stringify({ app, resources: sorted, retained, waiting, outputs: plain(known) }, null, 2))
process.exit(0)
