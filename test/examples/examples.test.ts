import { globSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { buildBundle, cacheFolder } from '@writ/compiler'
import { readDecisionRequest, type WireEvaluation } from '@writ/contract'
import { createLocator, masked, readDocuments, type Locator } from '@writ/documents'
import type { DecisionRequest, Document } from '@writ/domain'
import { loadBundle } from '@writ/engine'
import { evaluate, mistakesOf, type Bundle } from '@writ/service'
import { beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const examples = join(root, 'examples')
const now = '2026-11-25T12:00:00.000Z'

/** What `expected.json` says of a file: the outcome, and of each rule that does not pass, what it stops and where; rules in shadow only watch. */
type Expected = {
  readonly outcome: string
  readonly fails?: Readonly<Record<string, readonly string[]>>
  readonly unknown?: readonly string[]
}

const expected = JSON.parse(readFileSync(join(examples, 'expected.json'), 'utf8')) as Record<
  string,
  Expected
>

let bundle: Bundle
beforeAll(async () => {
  const { env } = process
  const around = { env, cacheDir: cacheFolder(env, homedir()), onProgress: console.log }
  bundle = loadBundle(await buildBundle({ ...around, policies: join(root, 'policies') }))
})

const patterns = [
  '{shop/*,system,workflows,requests,apis,plans}/*.{yaml,yml,json}',
  'images/*/Dockerfile',
]
const paths = globSync(patterns, { cwd: examples })

test('every example is in the table, and nothing else', () => {
  expect(Object.keys(expected).toSorted()).toEqual(paths.toSorted())
})

test.each(Object.entries(expected))('%s', (path, says) => {
  const found = path.startsWith('requests/') ? judgeRequest(path) : judgeFile(path)
  expect(found).toEqual({
    outcome: says.outcome,
    fails: says.fails ?? {},
    unknown: says.unknown ?? [],
  })
})

test('there are three requests to deploy and three for access, and each comes out in another way', () => {
  for (const kind of ['deploy', 'access']) {
    const own = Object.entries(expected).filter(([path]) => path.startsWith(`requests/${kind}-`))
    expect(own.map(([, { outcome }]) => outcome).toSorted()).toEqual([
      'allow',
      'deny',
      'indeterminate',
    ])
  }
})

test('the README says what comes of each file, and leaves out nothing that is not allowed', () => {
  const readme = readFileSync(join(examples, 'README.md'), 'utf8')
  const rows = [...readme.matchAll(/^\| `([^`]+)` +\| `([a-z_]+)` +\|/gm)]
  const said = rows.map(([, path, outcome]) => `${path} ${outcome}`)
  const outcomes = Object.entries(expected).map(([path, { outcome }]) => `${path} ${outcome}`)
  expect(outcomes).toEqual(expect.arrayContaining(said))
  const stopped = outcomes.filter((each) => / (?:deny|indeterminate)$/.test(each))
  expect(said).toEqual(expect.arrayContaining(stopped))
})

test('what a Secret holds goes no further than its reader', () => {
  const { documents } = readingOf('shop/accounts/accounts.yaml')
  expect(documents[0]?.content).toMatchObject({ stringData: { url: masked } })
})

function judgeRequest(path: string): Required<Expected> {
  const submitted = readDecisionRequest(JSON.parse(readFileSync(join(examples, path), 'utf8')))
  expect(mistakesOf(bundle, submitted)).toEqual([])
  if (submitted.request === null) throw new Error(`${path} is no request`)
  return summary(evaluate(bundle, submitted.request, now), () => '')
}

/** As `writ check --environment production` judges it. */
function judgeFile(path: string): Required<Expected> {
  const { documents, locate } = readingOf(path)
  const request: DecisionRequest = {
    kind: 'config',
    subject: { type: 'user', id: 'reader', properties: {} },
    action: { name: 'apply', properties: {} },
    resource: { type: 'repository', id: 'examples', properties: {} },
    context: { environment: 'production' },
    documents,
  }
  return summary(evaluate(bundle, request, now), ({ location }) =>
    location === null ? '' : `:${locate(location.index, location.pointer).line}`,
  )
}

function readingOf(path: string): {
  readonly documents: readonly Document[]
  readonly locate: Locator
} {
  const file = { path, bytes: readFileSync(join(examples, path)) }
  const reading = readDocuments(file)
  if (reading.status !== 'documents') throw new Error(`${path} is ${reading.status}`)
  expect(reading.skipped).toEqual([])
  return { documents: reading.documents, locate: createLocator(file, reading.places) }
}

type Finding = WireEvaluation['findings'][number]

function summary(
  { outcome, findings }: WireEvaluation,
  lineOf: (finding: Finding) => string,
): Required<Expected> {
  const told = findings.filter(({ effect }) => effect !== 'observed')
  const failing = told.filter(({ verdict }) => verdict === 'fail')
  const rules = [...new Set(failing.map(({ rule }) => rule))].toSorted()
  const fails = rules.map((id) => [
    id,
    failing
      .filter(({ rule }) => rule === id)
      .map((finding) => `${finding.part ?? finding.resource.id}${lineOf(finding)}`)
      .toSorted(),
  ])
  const unknown = told.filter(({ verdict }) => verdict === 'unknown').map(({ rule }) => rule)
  return { outcome, fails: Object.fromEntries(fails), unknown }
}
