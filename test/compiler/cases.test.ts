import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildBundle, proveCases } from '@writ/compiler'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStand, type Stand } from './stand.ts'

const cases = `rule: deploy.approvals
cases:
  - name: nobody has approved
    request:
      kind: deploy
      subject: { type: service, id: pipeline }
      action: { name: deploy }
      resource: { type: service, id: checkout }
      context: { environment: production, change: { author: ana, approvals: [] } }
    verdict: fail
    reads: ['2 approvals are missing']
    fix: [{ op: replace, path: /context/change/approvals, value: [{ by: ben }, { by: chen }] }]
`

let stand: Stand
beforeAll(async () => {
  stand = await openStand()
  writeFileSync(join(stand.policies, 'deploy', 'approvals.cases.yaml'), cases)
})
afterAll(() => stand?.close())

const build = () => buildBundle({ ...stand.surroundings, policies: stand.policies })
const prove = async (bundle: Awaited<ReturnType<typeof build>>) =>
  proveCases({ ...stand.surroundings, policies: stand.policies, bundle })

function change(from: string, to: string): void {
  const path = join(stand.policies, 'deploy', 'approvals.rego')
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
}

test('a module that says what its sources say is proven, case by case', async () => {
  expect(await prove(await build())).toEqual({ cases: 1, issues: [] })
})

test('a module that says something else is told, with what each of the two says', async () => {
  const bundle = await build()
  change('approvals are missing', 'approvals are lacking')
  const { issues } = await prove(bundle)
  change('approvals are lacking', 'approvals are missing')
  expect(issues).toEqual([
    {
      pointer: 'deploy/approvals.cases.yaml',
      message: expect.stringMatching(
        /^“nobody has approved”: the compiled rule says .*are missing.*, and OPA .*are lacking/,
      ),
    },
  ])
})

test('a rule that applies in one of them only is told too', async () => {
  const bundle = await build()
  change('applies if input', 'applies if not input')
  const { issues } = await prove(bundle)
  change('applies if not input', 'applies if input')
  expect(issues.map(({ message }) => message)).toEqual([
    expect.stringMatching(/and OPA that it does not apply$/),
  ])
})
