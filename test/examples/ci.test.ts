import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { load } from 'js-yaml'

const root = join(import.meta.dirname, '..', '..')

/** Somebody's repository: a good manifest is committed, and a branch changes it. */
let folder = ''
let base = ''
const repository = (): string => join(folder, 'shop')
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-ci-'))
  mkdirSync(repository())
  mkdirSync(join(folder, 'bin'))
  symlinkSync(join(root, 'packages', 'cli', 'bin', 'writ.js'), join(folder, 'bin', 'writ'))
  git('init', '--quiet')
  commit('false')
  base = git('rev-parse', 'HEAD').trim()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: repository(),
    encoding: 'utf8',
  })

function save(privileged: string): void {
  writeFileSync(
    join(repository(), 'pod.yaml'),
    `apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec:
  containers:
    - name: cart
      image: registry.example/cart:1.2.3
      securityContext: { privileged: ${privileged} }
`,
  )
}

function commit(privileged: string): void {
  save(privileged)
  git('add', '.')
  git('commit', '--quiet', '--allow-empty', '-m', `privileged: ${privileged}`)
}

type Step = { readonly run?: string; readonly name?: string }

/** What a pipeline file of `examples/ci` runs to check; getting Writ first has made the command `writ`. */
const githubSteps = (): readonly Step[] => {
  const { jobs } = load(text('github.yml')) as { jobs: { check: { steps: readonly Step[] } } }
  return jobs.check.steps.filter(({ run }) => run?.includes(' check . ') === true)
}
const gitlabLines = (): readonly string[] =>
  (load(text('gitlab.yml')) as { writ: { script: readonly string[] } }).writ.script
const hook = (): string =>
  (load(text('pre-commit-config.yaml')) as { repos: { hooks: { entry: string }[] }[] }).repos[0]
    ?.hooks[0]?.entry ?? ''
const text = (name: string): string => readFileSync(join(root, 'examples', 'ci', name), 'utf8')

function shell(command: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', command], {
    cwd: repository(),
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, ...env },
  })
  return { status, stdout, stderr }
}

describe.each([
  ['a change that is fine', 'false', 0],
  ['a change that is not', 'true', 1],
] as const)('%s', (_, privileged, code) => {
  beforeAll(() => commit(privileged))

  test('GitHub: the pull request, the whole, and code scanning', () => {
    const [pull, whole, scanning] = githubSteps()
    const marked = shell(pull?.run ?? '', { BASE: base })
    expect([marked.status, marked.stdout.includes('::error')], marked.stderr).toEqual([
      code,
      code === 1,
    ])
    expect(shell(whole?.run ?? '').status).toBe(code)
    expect(shell(scanning?.run ?? '').status).toBe(0)
    expect(JSON.parse(readFileSync(join(repository(), 'writ.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    })
  })

  test('GitLab: the merge request, with its report', () => {
    const asked = shell(gitlabLines().join('\n'), { CI_MERGE_REQUEST_DIFF_BASE_SHA: base })
    expect(asked.status, asked.stderr).toBe(code)
    expect(readFileSync(join(repository(), 'writ.xml'), 'utf8')).toContain('<testsuite')
  })
})

test('the hook stops what was saved, and not yet committed', () => {
  commit('false')
  expect(shell(hook()).status).toBe(0)
  save('true')
  const stopped = shell(hook())
  expect([stopped.status, stopped.stdout.includes('privileged')], stopped.stderr).toEqual([1, true])
})

test('each is pinned, and says what to fill in', () => {
  for (const name of ['github.yml', 'gitlab.yml'])
    expect(text(name)).toMatch(/WRIT_REVISION: '?0{40}'?\n/)
})
