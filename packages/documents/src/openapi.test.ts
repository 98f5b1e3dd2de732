import { describe, expect, test } from 'vitest'
import { createLocator, readDocuments, type FileReading } from './index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, path = 'api.yaml'): FileReading =>
  readDocuments({ path, bytes: bytes(text) })

const head = 'openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0}\n'

function said(reading: FileReading): string {
  switch (reading.status) {
    case 'documents':
      return reading.documents.map(({ type, id }) => `${type} ${id}`).join(', ')
    case 'skipped':
      return `skipped: ${reading.hint}`
    case 'unknown':
      return 'unknown'
    case 'broken':
      return `broken ${reading.format} ${reading.line}: ${reading.message}`
  }
}

describe('an OpenAPI document is known by its version', () => {
  const cases: readonly [string, string, string, string][] = [
    ['YAML', 'api.yaml', head, 'openapi api.yaml'],
    ['version 3.0', 'api.yaml', head.replace('3.1.0', "'3.0.3'"), 'openapi api.yaml'],
    ['a version without quotes', 'api.yaml', head.replace('3.1.0', '3.1'), 'openapi api.yaml'],
    ['JSON', 'api.json', '{"openapi": "3.0.0", "paths": {}}', 'openapi api.json'],
    ['another name', 'api', head, 'openapi api'],
    ['standard input', '-', head, 'openapi -'],
    ['a schema that speaks of Kubernetes', 'api.yaml', `${head}x: {apiVersion: 1, kind: 2}\n`, 'openapi api.yaml'],
    ['an object that embeds one', 'api.yaml', `apiVersion: v1\nkind: X\nmetadata: {name: x}\n${head}`, 'kubernetes/X _/x'],
    ['version 2', 'api.yaml', 'swagger: "2.0"\ninfo: {}\npaths: {}\n', 'skipped: it is Swagger 2.0; only OpenAPI 3 is read: convert it, as `npx swagger2openapi FILE` does'],
    ['a setting of that name', 'settings.yaml', 'openapi: ./api.yaml\ninfo: {}\n', 'unknown'],
    ['a dependency of that name', 'package.json', '{"dependencies": {"openapi": "3.0.0"}}', 'unknown'],
    ['broken', 'api.yaml', `${head}x: [\n`, 'broken openapi 4: a bracket or brace is opened and never closed'],
    ['a key twice', 'api.yaml', `${head}paths: {}\npaths: {}\n`, 'broken openapi 4: the key “paths” stands twice in one mapping: keep one'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, path, text, expected) => expect(said(read(text, path))).toBe(expected))
})

test('it is read as YAML 1.2: words stay words, and statuses are keys', () => {
  const text = `${head}x-words: [yes, no, on]\nresponses: {200: ok, y: no}\n`
  expect(read(text)).toMatchObject({
    documents: [
      { content: { 'x-words': ['yes', 'no', 'on'], responses: { '200': 'ok', y: 'no' } } },
    ],
  })
})

test('a pointer leads to its line and column', () => {
  const text = `${head}paths:\n  /carts/{id}:\n    get:\n      responses:\n        200: {}\n`
  const reading = read(text)
  if (reading.status !== 'documents') throw new Error(JSON.stringify(reading))
  const locator = createLocator({ path: 'api.yaml', bytes: bytes(text) }, reading.places)
  expect(locator(0, '/paths/~1carts~1{id}/get')).toEqual({ line: 5, column: 5 })
  expect(locator(0, '/paths/~1carts~1{id}/get/responses/200')).toEqual({ line: 7, column: 9 })
})
