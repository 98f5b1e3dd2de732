import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { shellBlocks } from '../docs/commands.ts'

const root = join(import.meta.dirname, '..', '..')

/** The commands of one section of a page, in order. */
export function blocksOf(page: string, heading: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8')
  const [, section = ''] = text.split(`\n## ${heading}\n`)
  return shellBlocks(section.split('\n## ')[0] ?? '').map((block) => block.text)
}

/** Writ's own commands as they are; of `sst` that it keeps secrets and deploys, and of `aws` what it prints of credentials and copies to a bucket. */
const commands = {
  npm: `shift 2; exec "$NODE" "$ROOT/packages/local/src/main.ts" "$@"`,
  npx: `case "$1 $2 $3" in
    "writ "*) shift; exec "$NODE" "$ROOT/packages/cli/bin/writ.js" "$@" ;;
    "sst secret set") if [ "$5" = --stage ]; then cat > "$SST/$4"; else printf %s "$5" > "$SST/$4"; fi ;;
    "sst secret remove") rm "$SST/$4" ;;
    "sst deploy --stage") env | grep ^WRIT_ > "$SST/deployed" ;;
    *) echo "no such command: $*" >&2; exit 1 ;;
  esac`,
  aws: `case "$1 $2" in
    "s3 sync") cp -r "$3" "$SST/../\${4#s3://}" ;;
    "configure export-credentials") echo export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local ;;
    *) echo "no such command: $*" >&2; exit 1 ;;
  esac`,
} as const

type Ran = { readonly code: number; readonly said: string }

export type Operator = {
  /** Runs commands of a page in a shell that remembers what was exported before. */
  readonly run: (block: string) => Promise<Ran>
  /** The secrets and settings that a deployment has been given, by their names. */
  readonly given: () => Readonly<Record<string, string>>
}

/** Somebody with a shell in this folder. */
export function anOperator(folder: string, env: Readonly<Record<string, string>>): Operator {
  const [bin, sst, kept] = [join(folder, 'bin'), join(folder, 'secrets'), join(folder, 'exported')]
  for (const made of [bin, sst]) mkdirSync(made)
  for (const [name, text] of Object.entries(commands)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const PATH = `${bin}:${process.env['PATH'] ?? ''}`
  const shell = { ...process.env, ...env, PATH, NODE: process.execPath, ROOT: root, SST: sst }
  return {
    run: async (block) => {
      const before = existsSync(kept) ? `. ${kept}\n` : ''
      const script = `${before}${block}\nexport -p | grep ' WRIT_\\| AWS_' > ${kept}`
      try {
        const { stdout, stderr } = await promisify(execFile)('bash', ['-e', '-c', script], { cwd: folder, env: shell }) // prettier-ignore
        return { code: 0, said: `${stdout}${stderr}` }
      } catch (thrown) {
        return failureOf(thrown)
      }
    },
    given: () => ({
      ...Object.fromEntries(
        readdirSync(sst).map((name) => [name, readFileSync(join(sst, name), 'utf8')]),
      ),
      ...Object.fromEntries(
        readFileSync(join(sst, 'deployed'), 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      ),
    }),
  }
}

function failureOf(thrown: unknown): Ran {
  const { code, stdout, stderr } = thrown as { code: number; stdout: string; stderr: string }
  return { code, said: `${stdout}${stderr}` }
}
