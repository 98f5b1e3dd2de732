import type { WireFinding } from '@writ/contract'
import { expect, test } from 'vitest'
import { adviceTexts } from './advice.ts'

const finding: WireFinding = {
  rule: 'config.openapi.plain_http',
  title: 'Nothing is sent without TLS',
  message: 'It is sent in the clear.',
  severity: 'high',
  verdict: 'fail',
  effect: 'advised',
  level: 'advisory',
  resource: { type: 'openapi', id: 'api.yaml' },
  part: null,
  location: { path: 'api.yaml', index: 0, pointer: null },
  remediation: 'Write https.',
  docs_url: '/policies/config.openapi.plain_http',
  controls: [],
  waiver: null,
  waivable_by: [],
}
const textsOf = (findings: readonly WireFinding[]) =>
  adviceTexts(
    findings.map((one) => ({ file: 'api.yaml', line: 3, finding: one })),
    { requests: new Map() },
    (_, text) => text,
  )
const many = (count: number, change: (at: number) => Partial<WireFinding>) =>
  Array.from({ length: count }, (_, at) => ({ ...finding, ...change(at) }))

test('what is mended alike is told once, with ten of its places', () => {
  const [, text = '', ...others] = textsOf(many(12, (at) => ({ message: `Address ${at}.` })))
  expect(others).toEqual([])
  expect(text).toContain('    api.yaml:3: Address 9.\n    … and 2 more: --format json shows all\n')
})

test('of more than a hundred pieces of advice the gravest are told', () => {
  const texts = textsOf([
    ...many(102, (at) => ({ remediation: `Write address ${at}.`, severity: 'low' })),
    finding,
  ])
  expect(texts).toHaveLength(102)
  expect(texts[1]).toContain('Write https.')
  expect(texts.at(-1)).toBe('… and 3 more pieces of advice: --format json shows all.')
})
