import { spawn } from 'node:child_process'
import {
  cp,
  lstat,
  mkdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { digestOf } from '@writ/ledger'
import { surroundings } from './toolchain.ts'

const root = join(import.meta.dirname, '..')

/** The command neither downloads tools of its own, nor looks for an account, nor tells anybody that it ran. */
const quiet = {
  SST_SKIP_DEPENDENCY_CHECK: '1',
  SST_NO_BUN: '1',
  SST_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  AWS_EC2_METADATA_DISABLED: 'true',
  npm_config_update_notifier: 'false',
}

/** What an empty app says: enough for `sst install` to lay out its platform and the providers. */
const emptyApp = `export default $config({
  app: () => ({ name: 'writ', home: 'aws', providers: { aws: {} } }),
  run: async () => undefined,
})
`

/**
 * Lays SST's platform (its sources and Pulumi's AWS provider types, 320 MB) in the cache, once for each version of SST, and
 * links it into `.sst/`, where `sst.config.ts` and the SST command look for it.
 */
export async function ensureSst(): Promise<string> {
  const { cacheDir, onProgress } = surroundings()
  const { version } = JSON.parse(
    await readFile(join(root, 'node_modules/sst/package.json'), 'utf8'),
  )
  const laid = join(cacheDir, 'sst', `${version}-${digestOf(Buffer.from(emptyApp)).slice(7, 19)}`)
  if (!(await exists(join(laid, 'whole')))) {
    onProgress(`Laying out SST ${version} for checks of the infrastructure: about a minute, once`)
    await layOut(laid)
  }
  await link(join(laid, '.sst'))
  return join(root, '.sst', 'platform')
}

async function layOut(laid: string): Promise<void> {
  const unfinished = `${laid}.${process.pid}.unfinished`
  try {
    await mkdir(unfinished, { recursive: true })
    await writeFile(join(unfinished, 'package.json'), '{ "name": "writ", "type": "module" }\n')
    await writeFile(join(unfinished, 'sst.config.ts'), emptyApp)
    await sst(['install', '--stage', 'dev'], unfinished)
    await writeFile(join(unfinished, 'whole'), '')
    await rm(laid, { recursive: true, force: true })
    await rename(unfinished, laid)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

function sst(args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin/sst'), args, {
      cwd,
      env: { ...process.env, ...quiet },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(
            new Error(
              `sst ${args.join(' ')} ended with ${code}:\n${Buffer.concat(said).toString('utf8')}`,
            ),
          ),
    )
  })
}

async function link(laid: string): Promise<void> {
  const here = join(root, '.sst')
  await mkdir(here, { recursive: true })
  const platform = join(here, 'platform')
  if ((await readlink(platform).catch(() => null)) === join(laid, 'platform')) return
  await rm(platform, { recursive: true, force: true })
  await symlink(join(laid, 'platform'), platform)
  await cp(join(laid, 'provider-lock.json'), join(here, 'provider-lock.json'))
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null
}
