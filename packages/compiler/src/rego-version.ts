import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onFolder, onStage, type Compiler } from './compile.ts'
import { kept, keyOf } from './kept.ts'
import { bundleInvalid } from './mistakes.ts'
import { mistakesOf } from './opa-errors.ts'
import type { RegoFile } from './pack.ts'

/** Whether a file lies in one of these folders; the folder of all is `''`. */
export function isIn(folders: readonly string[], { path }: Pick<RegoFile, 'path'>): boolean {
  return folders.some((folder) => folder === '' || path.startsWith(`${folder}/`))
}

/**
 * The files with those in old folders as `opa fmt --v0-v1` writes them, so that all are compiled alike. What cannot be read
 * is the Fault `bundle-invalid`.
 */
export async function modernised(
  files: readonly RegoFile[],
  folders: readonly string[],
  compiler: Compiler,
): Promise<readonly RegoFile[]> {
  const old = files.filter((file) => file.path.endsWith('.rego') && isIn(folders, file))
  if (old.length === 0) return files
  const bytes = await kept({ cacheDir: compiler.cacheDir, key: keyOf(['v0-v1'], old) }, async () =>
    Buffer.from(JSON.stringify(await rewritten(old, compiler))),
  )
  const texts: { readonly [path: string]: string } = JSON.parse(Buffer.from(bytes).toString())
  return files.map((file) => ({ ...file, text: texts[file.path] ?? file.text }))
}

async function rewritten(
  old: readonly RegoFile[],
  compiler: Compiler,
): Promise<{ readonly [path: string]: string }> {
  return onStage(compiler, old, async (stage) => {
    const result = await onFolder(['fmt', '--v0-v1', '--write', '.'], stage)
    if (result.code !== 0)
      throw bundleInvalid(
        'A folder whose .manifest says "rego_version": 0 cannot be read',
        mistakesOf(result, 'opa fmt --v0-v1'),
      )
    const paths = await readdir(stage.folder, { recursive: true })
    const read = paths
      .filter((path) => path.endsWith('.rego'))
      .map(async (path) => [path, await readFile(join(stage.folder, path), 'utf8')] as const)
    return Object.fromEntries(await Promise.all(read))
  })
}
