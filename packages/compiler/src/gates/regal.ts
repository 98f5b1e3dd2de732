import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault, type Json } from '@writ/domain'
import { goVersion } from '../go-build.ts'
import { listOf, memberOf, textOf } from '../json-read.ts'
import type { LintIssue } from '../lints/lints.ts'
import { ensureBuilt, sourcesDigest } from '../opa/ensure-opa.ts'
import { inOrder } from '../place.ts'
import type { Surroundings } from '../surroundings.ts'

const source = fileURLToPath(new URL('../../../../tools/regal', import.meta.url))
const ownConfig = fileURLToPath(new URL('../../../../.regal/config.yaml', import.meta.url))

/** Regal, the linter of Rego, as a program of this machine, at the version that `tools/regal/go.mod` pins. */
async function ensureRegal(surroundings: Surroundings): Promise<string> {
  const digest = await sourcesDigest(source)
  const folder = `${digest.slice(0, 16)}-${process.platform}-${process.arch}`
  return ensureBuilt(
    {
      what: 'Regal, the linter of Rego',
      source,
      target: 'github.com/open-policy-agent/regal',
      settings: { CGO_ENABLED: '0' },
      takes: 'a minute and a half on two cores',
      folder: join(surroundings.cacheDir, 'regal', folder),
      file: 'regal',
      go: await goVersion(surroundings.env),
    },
    surroundings,
  )
}

/** The configuration that is nearest above a pack, else the one that Writ’s own policies are held to. */
export function packConfig(policies: string): string {
  const own = join(policies, '.regal', 'config.yaml')
  if (existsSync(own)) return own
  const above = dirname(policies)
  return above === policies ? ownConfig : packConfig(above)
}

/**
 * What Regal finds in these files and folders, by its own configuration where none is named. Throws the Fault
 * `compiler-unavailable` where Regal cannot be built or run.
 */
export async function regalIssues(
  paths: readonly string[],
  surroundings: Surroundings,
  config: string | null = null,
): Promise<readonly LintIssue[]> {
  const regal = await ensureRegal(surroundings)
  const named = config === null ? [] : ['--config-file', config]
  const said = await run(regal, ['lint', '--format', 'json', ...named, ...paths], surroundings)
  return inOrder(said.map(issueOf))
}

function issueOf(violation: Json): LintIssue {
  const [category, title] = ['category', 'title'].map((name) => textOf(memberOf(violation, name)))
  const location = memberOf(violation, 'location')
  const place = ['file', 'row', 'col'].map((name) => textOf(memberOf(location, name)))
  return {
    pointer: place[0] === '' ? '' : place.join(':'), // some are about all files at once
    message: textOf(memberOf(violation, 'description')),
    lint: `regal ${category}/${title}`,
  }
}

const timeLimitMs = 300_000

function run(
  regal: string,
  args: readonly string[],
  { env }: Surroundings,
): Promise<readonly Json[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(regal, args, {
      env: { ...env, REGAL_DISABLE_VERSION_CHECK: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeLimitMs,
    })
    const said: Buffer[] = []
    const complained: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => complained.push(chunk))
    child.on('error', (cause) => reject(unavailable(cause.message, cause)))
    child.on('close', () => {
      try {
        const report: Json = JSON.parse(Buffer.concat(said).toString())
        resolve(listOf(report, 'violations'))
      } catch (cause) {
        reject(unavailable(Buffer.concat(complained).toString().trim().slice(-2_000), cause))
      }
    })
  })
}

function unavailable(why: string, cause: unknown): Fault {
  return new Fault('compiler-unavailable', `Regal cannot be run: ${why}`, { cause })
}
