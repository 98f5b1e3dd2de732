import { globSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { buildBundle, cacheFolder } from '@writ/compiler'
import { readDocuments } from '@writ/documents'
import type { DecisionRequest, Document } from '@writ/domain'
import { loadBundle } from '@writ/engine'
import { evaluate, type Bundle } from '@writ/service'
import { beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const now = '2026-11-25T12:00:00.000Z'
/** What runs with rights of this repository, or is copied into repositories of others. */
const governed = globSync('{.github,examples/ci}/**/*.{yaml,yml}', { cwd: root }).toSorted()
const workflow = '.github/workflows/ci.yml'

let bundle: Bundle
beforeAll(async () => {
  const { env } = process
  const around = { env, cacheDir: cacheFolder(env, homedir()), onProgress: console.log }
  bundle = loadBundle(await buildBundle({ ...around, policies: join(root, 'policies') }))
})

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

/** What the shipped pack says of one file, at its strictest: advice counts, and so does what is in shadow. */
function findingsOf(path: string, text: string): readonly string[] {
  const reading = readDocuments({ path, bytes: new TextEncoder().encode(text) })
  const documents: readonly Document[] = reading.status === 'documents' ? reading.documents : []
  if (documents.length === 0) return []
  const request: DecisionRequest = {
    kind: 'config',
    subject: { type: 'user', id: 'committer', properties: {} },
    action: { name: 'merge', properties: {} },
    resource: { type: 'repository', id: 'writ', properties: { visibility: 'public' } },
    context: {},
    documents,
  }
  return evaluate(bundle, request, now).findings.map(({ rule, message }) => `${rule}: ${message}`)
}

test('the repository has a workflow that the pack governs', () => {
  expect(governed).toContain(workflow)
})

test.each(governed)('the shipped pack has nothing to say of %s', (path) => {
  expect(findingsOf(path, textOf(path))).toEqual([])
})

test('and it would, were the workflow less careful', () => {
  const careless = textOf(workflow)
    .replace(/^permissions:\n {2}contents: read\n/m, '')
    .replace('actions/setup-go@', 'setup-go/setup-go@v7 # ')
  expect(findingsOf(workflow, careless).map((line) => line.split(':')[0])).toEqual([
    'config.github.permissions',
    'config.github.pinned_actions',
  ])
})

test('the workflow runs what anybody can run after a clone, and nothing else', () => {
  const scripts = [...textOf(workflow).matchAll(/^ +(?:- )?run: *(.*)$/gm)].map(([, run]) => run)
  expect(scripts).toEqual(['.ci/run'])
})

test('beside each commit that names an action stands its version, so that bots and people can read it', () => {
  const uses = governed.flatMap((path) =>
    textOf(path)
      .split('\n')
      .filter((line) => /\buses: *\S+@/.test(line)),
  )
  expect(uses.length).toBeGreaterThan(0)
  for (const line of uses) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})
