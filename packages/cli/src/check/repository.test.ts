import { expect, test } from 'vitest'
import { originIn } from './repository.ts'

const remotes: readonly [string, string | null][] = [
  ['git@github.com:acme/shop.git', 'acme/shop'],
  ['https://github.com/acme/shop', 'acme/shop'],
  ['https://alice:secret@git.example/group/team/shop.git/', 'group/team/shop'],
  ['ssh://git@git.example:2222/acme/shop.git', 'acme/shop'],
  ['/srv/git/shop.git', null],
  ['file:///srv/git/shop.git', null],
]
test.each(remotes)('the remote %s is the repository %s', (url, name) => {
  const config = `[core]\n\tbare = false\n[remote "other"]\n\turl = x:y/z\n[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*\n[branch "main"]\n`
  expect(originIn(config)).toBe(name)
})

test.each(['', '[remote "other"]\n\turl = git@github.com:acme/shop.git\n'])(
  'without the remote origin there is no name in %j',
  (config) => {
    expect(originIn(config)).toBeNull()
  },
)
