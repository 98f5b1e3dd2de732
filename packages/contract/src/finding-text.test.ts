import { describe, expect, test } from 'vitest'
import type { WireFinding } from './answer.ts'
import { readableFinding } from './finding-text.ts'

function aFinding(finding: Partial<WireFinding> = {}): WireFinding {
  return {
    rule: 'config.kubernetes.privileged',
    title: 'No container is privileged',
    message: 'Container web is privileged.',
    severity: 'critical',
    verdict: 'fail',
    effect: 'blocked',
    level: 'soft_mandatory',
    resource: { type: 'kubernetes/Deployment.apps', id: 'shop/web' },
    part: 'web',
    location: { path: 'web.yaml', index: 2, pointer: '/spec/template' },
    remediation: 'Write:\n\n  securityContext:\n    privileged: false\n',
    docs_url: '/policies/config.kubernetes.privileged',
    controls: [],
    waiver: null,
    waivable_by: ['platform', 'security'],
    ...finding,
  }
}

test('it says what came of it, what is wrong, where, how to mend it and who may waive it', () => {
  expect(readableFinding(aFinding())).toEqual([
    'Blocked: No container is privileged',
    '  Container web is privileged.',
    '  where   web.yaml (document 3), kubernetes/Deployment.apps shop/web, part web, /spec/template',
    '  fix     Write:',
    '',
    '            securityContext:',
    '              privileged: false',
    '  rule    config.kubernetes.privileged (critical severity, soft mandatory: it blocks, unless a waiver excuses what fails)',
    '  waiver  may be granted by platform or security',
  ])
})

describe('where', () => {
  const where = (finding: Partial<WireFinding>, line: number | null = null) =>
    readableFinding(aFinding(finding), line).find((text) => text.startsWith('  where'))

  test('a line of the file takes the place of the document’s number', () => {
    expect(where({}, 14)).toBe(
      '  where   web.yaml:14, kubernetes/Deployment.apps shop/web, part web, /spec/template',
    )
  })

  test('the first document of a file needs no number', () => {
    const location = { path: 'web.yaml', index: 0, pointer: null }
    expect(where({ location, part: null })).toBe(
      '  where   web.yaml, kubernetes/Deployment.apps shop/web',
    )
  })

  test('what is in no file is named', () => {
    const resource = { type: 'service', id: 'checkout' }
    expect(where({ location: null, part: null, resource })).toBe('  where   service checkout')
  })
})

const waivers: readonly [Partial<WireFinding>, string, string][] = [
  [{ effect: 'blocked', waivable_by: [] }, 'Blocked', 'none can be granted for this'],
  [{ effect: 'blocked', waivable_by: ['security'] }, 'Blocked', 'may be granted by security'],
  [{ effect: 'waived', waiver: 'w-1' }, 'Waived', 'excused by w-1'],
  [{ effect: 'advised', waivable_by: [] }, 'Advice', 'none is needed'],
  [{ effect: 'observed', waivable_by: [] }, 'Observed', 'none is needed'],
]

test.each(waivers)('%j: %s, a waiver %s', (finding, word, waiver) => {
  const lines = readableFinding(aFinding(finding))
  expect(lines[0]).toBe(`${word}: No container is privileged`)
  expect(lines.at(-1)).toBe(`  waiver  ${waiver}`)
})

test('a message of several lines keeps them', () => {
  expect(readableFinding(aFinding({ message: 'One.\nTwo.' })).slice(1, 3)).toEqual([
    '  One.',
    '  Two.',
  ])
})
