import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Desk } from '../desk.ts'

/**
 * The name of what is being changed: the same on every machine and in every run, as a waiver names it too. What CI says
 * counts first, then the git remote, then the name of the folder.
 */
export function repositoryName(path: string, { cwd, env }: Desk): string {
  const said = env['GITHUB_REPOSITORY'] ?? env['CI_PROJECT_PATH'] ?? ''
  if (said !== '') return said
  const start = folderOf(resolve(cwd, path))
  const top = gitFolderAbove(start)
  const remote = top === null ? null : remoteOf(top)
  return remote ?? (basename(top ?? start) || 'root')
}

/** A commit, where CI names one: it leads from a decision to what it was about. */
export function correlationOf({ env }: Desk): string | null {
  const commit = env['GITHUB_SHA'] ?? env['CI_COMMIT_SHA'] ?? ''
  return commit === '' ? null : commit
}

function folderOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats?.isDirectory() === true ? path : dirname(path)
}

/** The nearest folder, this one included, that git keeps. */
export function gitFolderAbove(folder: string): string | null {
  if (statSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined) return folder
  const parent = dirname(folder)
  return parent === folder ? null : gitFolderAbove(parent)
}

/** `owner/name` of the remote called origin; null where there is none, or in a worktree, whose `.git` is a file. */
function remoteOf(top: string): string | null {
  try {
    return originIn(readFileSync(join(top, '.git', 'config'), 'utf8'))
  } catch {
    return null
  }
}

/** The path of the remote called origin in a git configuration; null where it has no host, and so no name that others know. */
export function originIn(config: string): string | null {
  const section = /^\[remote "origin"\]$([^[]*)/m.exec(config)?.[1] ?? ''
  const url = /^\s*url\s*=\s*(\S+)\s*$/m.exec(section)?.[1] ?? ''
  const path = /^(?:[a-z+]+:\/\/[^/]+\/|[^/:]+@?[^/:]*:(?!\/\/))(.+)$/.exec(url)?.[1]
  return path?.replace(/(?:\.git)?\/?$/, '') ?? null
}
