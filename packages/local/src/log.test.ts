import { Fault } from '@writ/domain'
import { expect, test } from 'vitest'
import { createLog, readableFault } from './log.ts'

const at = new Date('2026-11-25T10:00:00.000Z')

test('a fault is one line of JSON, with its causes down to where it began', () => {
  const lines: string[] = []
  const fault = new Fault('records-unavailable', 'The store is full', {
    cause: new Error('wrapped', { cause: new TypeError('the disk\nis full') }),
  })
  createLog(
    (line) => lines.push(line),
    () => at,
  )('request', { request_id: 'r-1' }, fault)
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('\n')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    at: at.toISOString(),
    event: 'request',
    request_id: 'r-1',
    code: 'records-unavailable',
    message: 'The store is full',
    causes: [
      'Fault: The store is full',
      'Error: wrapped',
      'TypeError: the disk\nis full',
      expect.stringMatching(/^at /),
      ...Array.from({ length: 4 }, () => expect.any(String)),
    ],
  })
})

test('an error that causes itself does not hang the log', () => {
  const lines: string[] = []
  const circular = new Error('round')
  circular.cause = circular
  createLog(
    (line) => lines.push(line),
    () => at,
  )('uncaught', {}, circular)
  expect(lines).toHaveLength(1)
})

test('at the terminal a fault names every issue at its place', () => {
  const issues = [
    { pointer: 'deploy/a.rego:3:1', message: 'has no title' },
    { pointer: 'enforcement.json', message: 'names no level for deploy.a' },
  ]
  expect(
    readableFault(new Fault('bundle-invalid', 'The pack has 2 mistakes', { facts: { issues } })),
  ).toBe(
    'The pack has 2 mistakes\n  deploy/a.rego:3:1: has no title\n  enforcement.json: names no level for deploy.a',
  )
})

test('of an unforeseen error the terminal shows what was thrown', () => {
  const [first, second, third] = readableFault(new RangeError('odd')).split('\n')
  expect([first, second]).toEqual(['Something unforeseen went wrong', '  RangeError: odd'])
  expect(third).toMatch(/^ {2}at /)
})
