import { readDocuments } from '@writ/documents'
import type { DecisionRequest, Document, Json } from '@writ/domain'
import { evaluate, type Bundle } from '@writ/service'
import { beforeAll, expect, test } from 'vitest'
import { now, shippedPack, type ShippedPack } from './pack.ts'

let pack: ShippedPack
beforeAll(async () => {
  pack = await shippedPack()
})

const path = '.github/workflows/test.yml'
const rule = 'config.github.hardcoded_credentials'
const workflow: Json = {
  on: 'push',
  permissions: { contents: 'read' },
  jobs: {
    test: {
      'runs-on': 'ubuntu-24.04',
      container: { image: 'build:4', credentials: { username: 'builder', password: 'hunter2' } },
      steps: [{ run: 'make test', env: { DB_PASSWORD: 'hunter2' } }],
    },
  },
}

/** The parts that the rule finds, and everything that policies were shown. */
function judged(documents: readonly Document[]): { parts: (string | null)[]; seen: string } {
  const bundle = pack.bundleWith('config', {})
  const seen: Json[] = []
  const watched: Bundle = {
    ...bundle,
    evaluate: (asked, at) => {
      seen.push(...asked.documents.map(({ content }) => content))
      return bundle.evaluate(asked, at)
    },
  }
  const request: DecisionRequest = {
    kind: 'config',
    subject: { type: 'user', id: 'bob', properties: {} },
    action: { name: 'merge', properties: {} },
    resource: { type: 'repository', id: 'shop/checkout', properties: {} },
    context: { environment: 'production' },
    documents,
  }
  const { findings } = evaluate(watched, request, now)
  const parts = findings.filter((finding) => finding.rule === rule).map(({ part }) => part)
  return { parts, seen: JSON.stringify(seen) }
}

test('a password in a workflow is masked in what is sent, and its rule still finds it', () => {
  const sent: Document = { type: 'github/workflow', id: path, path, index: 0, operation: 'update', content: workflow } // prettier-ignore
  const { parts, seen } = judged([sent])
  expect(parts).toEqual(['test/container'])
  expect(seen).toContain('builder')
  expect(seen).not.toContain('hunter2')
})

test('and in what is read from a file', () => {
  const bytes = new TextEncoder().encode(JSON.stringify(workflow))
  const reading = readDocuments({ path, bytes })
  if (reading.status !== 'documents') throw new Error(`the workflow is ${reading.status}`)
  expect(JSON.stringify(reading)).not.toContain('hunter2')
  expect(judged(reading.documents).parts).toEqual(['test/container'])
})
