import { join } from 'node:path'

/** What the compiler may not find out by itself; a composition root passes it in. */
export type Surroundings = {
  /** Where what was built once is kept; `cacheFolder` says where by default. */
  readonly cacheDir: string
  readonly env: Environment
  /** Takes one line of news at a time: only of work that makes somebody wait. */
  readonly onProgress: (line: string) => void
}

export type Environment = { readonly [name: string]: string | undefined }

/** The cache of this user, outside of any clone: `$XDG_CACHE_HOME/writ`, else `~/.cache/writ`. */
export function cacheFolder(env: Environment, home: string): string {
  const base = env['XDG_CACHE_HOME']
  return join(base === undefined || base === '' ? join(home, '.cache') : base, 'writ')
}
