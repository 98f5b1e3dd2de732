import { expect, test } from 'vitest'
import type { FileReport } from './report.ts'
import { waiverRequests, type Grant } from './waiver-requests.ts'

const finding: FileReport['findings'][number] = {
  rule: 'config.dockerfile.sudo',
  title: 'No sudo',
  message: 'It calls sudo.',
  severity: 'high',
  verdict: 'fail',
  effect: 'blocked',
  level: 'soft_mandatory',
  resource: { type: 'dockerfile', id: 'Dockerfile' },
  part: null,
  location: { path: 'Dockerfile', index: 0, pointer: null },
  remediation: 'Leave it out.',
  docs_url: '/policies/config.dockerfile.sudo',
  controls: [],
  waiver: null,
  waivable_by: ['platform-security'],
  line: 3,
}
const grant: Grant = {
  repository: 'shop/web',
  environment: undefined,
  requester: 'alice',
  expires: '2027-01-31T00:00:00Z',
  server: undefined,
  tenant: 'shop',
}
const files = [{ file: 'Dockerfile', format: 'dockerfile', findings: [finding] }]
const comment = { file: 'Dockerfile', line: 2, rule: finding.rule, reason: 'old', from: 3, to: 3 }

function commandOf(given: Partial<Grant>, effect: Partial<typeof finding> = {}): string | null {
  const one = { ...finding, ...effect }
  const asked = { comments: [comment], rules: [finding.rule], grant: { ...grant, ...given } }
  const { requests } = waiverRequests(
    files.map((file) => ({ ...file, findings: [one] })),
    asked,
  )
  return requests.get(one)?.command ?? null
}

test('the command goes to the service that judged, in its tenant', () => {
  expect(commandOf({ server: 'https://writ.example' })).toMatch(
    / --server https:\/\/writ\.example --tenant shop$/,
  )
  expect(commandOf({})).toMatch(/ --expires 2027-01-31T00:00:00Z$/)
})

test.each([
  ['an advice', { effect: 'advised', level: 'advisory' }],
  ['a rule that is hard mandatory', { level: 'hard_mandatory' }],
  ['what could not be judged', { verdict: 'error' }],
  ['what is waived already', { effect: 'waived' }],
] as const)('no command is given for %s', (_, effect) => {
  expect(commandOf({}, effect)).toBeNull()
})
