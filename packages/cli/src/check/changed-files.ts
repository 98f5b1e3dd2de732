import { spawnSync } from 'node:child_process'
import { realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'

/**
 * Whether a file, by its real path, differs between the working tree and the commit where its branch left `revision`:
 * committed, staged, only saved, or new and not ignored. Git says so; deleted files are none of them. Of a repository
 * within, such as a submodule, git says only that it differs: all that is in it counts then. Before the first commit all is new.
 */
export function changedFiles(revision: string, desk: Desk): (file: string) => boolean {
  const top = topOf(desk)
  const git = (args: readonly string[]): string | null => runGit(top, args, desk).out
  const hasCommits = git(['rev-parse', '--verify', 'HEAD']) !== null
  const differing = hasCommits ? differingSince(revision, git) : git(['ls-files', '--cached', '-z'])
  const fresh = git(['ls-files', '--others', '--exclude-standard', '-z'])
  if (differing === null || fresh === null)
    throw refused('git does not tell the files of this repository: does `git status` work here?')
  const names = `${differing}${fresh}`.split('\0').filter((name) => name !== '')
  const changed = new Set(names.flatMap((name) => realPathOf(join(top, name)) ?? []))
  const folders = [...changed].filter(isFolder).map((folder) => `${folder}${sep}`)
  return (file) => changed.has(file) || folders.some((folder) => file.startsWith(folder))
}

type Ran = { readonly out: string | null; readonly err: string }

function runGit(folder: string, args: readonly string[], { env }: Desk): Ran {
  const { status, stdout, stderr } = spawnSync('git', ['-c', 'core.fsmonitor=false', ...args], {
    cwd: folder,
    env: { ...env, LC_ALL: 'C' },
    encoding: 'utf8',
    maxBuffer: 256_000_000,
  })
  return { out: status === 0 ? stdout : null, err: stderr ?? '' }
}

function topOf(desk: Desk): string {
  const { out, err } = runGit(desk.cwd, ['rev-parse', '--show-toplevel'], desk)
  if (out !== null) return out.replace(/\n$/, '')
  const [folder] = /(?<=dubious ownership in repository at ').*(?=')/.exec(err) ?? []
  if (folder !== undefined)
    throw refused(
      `git does not trust ${folder}, which belongs to another user: git config --global --add safe.directory ${folder}`,
    )
  throw refused('the current folder is not in a git repository, or git is not installed')
}

function differingSince(revision: string, git: (args: readonly string[]) => string | null): string {
  const commit = git(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])
  if (commit === null)
    throw refused(
      `there is no commit ${revision} here: fetch it first, in GitHub Actions with fetch-depth: 0, or mend its name`,
    )
  const compared = [
    '--merge-base',
    '--name-only',
    '--no-renames',
    '--no-ext-diff',
    '--ignore-submodules=none',
    '--diff-filter=d',
    '-z',
  ]
  const differing = git(['diff', ...compared, commit.trim()])
  if (differing === null)
    throw refused(
      `${revision} and the working tree have no common commit here: fetch the whole history, in GitHub Actions with fetch-depth: 0`,
    )
  return differing
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
