import { execFileSync } from 'node:child_process'
import { realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'

/**
 * Whether a file, by its real path, differs between the working tree and the commit where its branch left `revision`:
 * committed, staged, only saved, or new and not ignored. Git says so; deleted files are none of them. Of a repository
 * within, such as a submodule, git says only that it differs: all that is in it counts then.
 */
export function changedFiles(revision: string, { cwd, env }: Desk): (file: string) => boolean {
  const git = (folder: string, args: readonly string[]): string | null => {
    try {
      return execFileSync('git', ['-c', 'core.fsmonitor=false', ...args], {
        cwd: folder,
        env,
        encoding: 'utf8',
        maxBuffer: 256_000_000,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    } catch {
      return null
    }
  }
  const top = git(cwd, ['rev-parse', '--show-toplevel'])?.replace(/\n$/, '')
  if (top === undefined)
    throw refused('the current folder is not in a git repository, or git is not installed')
  const commit = git(top, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])
  if (commit === null)
    throw refused(`there is no commit ${revision} here: fetch it first, or mend its name`)
  const compared = [
    '--merge-base',
    '--name-only',
    '--no-renames',
    '--no-ext-diff',
    '--ignore-submodules=none',
    '--diff-filter=d',
    '-z',
  ]
  const differing = git(top, ['diff', ...compared, commit.trim()])
  if (differing === null)
    throw refused(
      `${revision} and the working tree have no common commit here: fetch the whole history, in GitHub Actions with fetch-depth: 0`,
    )
  const fresh = git(top, ['ls-files', '--others', '--exclude-standard', '-z']) ?? ''
  const names = `${differing}${fresh}`.split('\0').filter((name) => name !== '')
  const changed = new Set(names.flatMap((name) => realPathOf(join(top, name)) ?? []))
  const folders = [...changed].filter(isFolder).map((folder) => `${folder}${sep}`)
  return (file) => changed.has(file) || folders.some((folder) => file.startsWith(folder))
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

export function realPathOf(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

function refused(why: string): Fault {
  return new Fault('request-invalid', `--changed-since: ${why}`)
}
