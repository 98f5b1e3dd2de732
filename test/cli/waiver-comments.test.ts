import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check, expectGolden, write } from './command.ts'
import { deployment, workflow } from './manifests.ts'

const folder = mkdtempSync(join(tmpdir(), 'writ-comments-'))
const bad = deployment('checkout', { privileged: true, owner: false })
const asking = bad
  .replace(
    '            privileged',
    '            # writ:ignore config.kubernetes.privileged it\'s "old" $(rm -rf /)\n            privileged',
  )
  .replace('apiVersion', '# writ:ignore config.kubernetes.owner nobody has it\napiVersion')
const vain = deployment('search')
  .replace('kind:', '# writ:ignore config.kubernetes.privileged it never was\nkind:')
  .replace('spec:', '# writ:ignore config.kubernetes.privilege x\nspec:')
  .replace('metadata:', '# writ:ignore config.kubernetes.owner\nmetadata:')
const hard = `${workflow}# writ:ignore config.github.permissions not above anything\n`

beforeAll(() =>
  write(folder, {
    'plain/checkout.yaml': bad,
    'shop/checkout.yaml': asking,
    'shop/search.yaml': vain,
    '.github/workflows/test.yaml': `# writ:ignore config.github.permissions we like it so\n${hard}`,
  }),
)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const surroundings = {
  cwd: folder,
  env: { GITHUB_ACTOR: 'alice', CI: 'true', GITHUB_REPOSITORY: 'shop/checkout' },
}
const run = (format: string, path = 'shop') =>
  check([path, '--environment', 'production', '--format', format], surroundings)
const stable = (text: string) => text.replace(/(--expires )\S+?Z/g, '$1DATE')

const grant =
  'writ waiver grant --rule config.kubernetes.privileged --environment production ' +
  '--resource repository/shop/checkout --document-type kubernetes/Deployment.apps --document-id shop/checkout ' +
  '--document-path shop/checkout.yaml --part app ' +
  `--reason 'it'\\''s "old" $(rm -rf /)' --requested-by alice --approved-by APPROVER --expires DATE`

describe('a comment that asks for a waiver', () => {
  test('changes no verdict, and is shown with the command that grants it', async () => {
    const { code, out } = await run('text')
    expectGolden('check-asked', stable(out))
    expect(stable(out)).toContain(grant)
    expect(code).toBe(1)
    expect((await run('text', 'plain')).code).toBe(1)
  })
  test('says where none is needed, and where none can be granted', async () => {
    expect((await run('text')).out).toContain('None is needed: it blocks nothing.')
    const { out } = await run('text', '.github')
    expect(out).toContain('asked   line 1 asks for a waiver: we like it so')
    expect(out).toContain('None can be granted for this.')
  })
  test('as JSON', async () => {
    const { files, hints } = JSON.parse((await run('json')).out)
    const [finding] = files[0].findings
    expect(finding).toMatchObject({
      effect: 'blocked',
      waiver_request: { line: 17, reason: `it's "old" $(rm -rf /)` },
    })
    expect(stable(finding.waiver_request.command)).toBe(grant)
    expect(hints).toHaveLength(3)
  })
  test('as SARIF: under review, which suppresses nothing', async () => {
    const { results, invocations } = JSON.parse((await run('sarif')).out).runs[0]
    expect(results[0]).toMatchObject({
      level: 'error',
      suppressions: [
        { kind: 'inSource', status: 'underReview', justification: `it's "old" $(rm -rf /)` },
      ],
    })
    expect(invocations[0].toolExecutionNotifications).toHaveLength(3)
    expect(invocations[0].exitCode).toBe(1)
  })
  test('as JUnit: it still fails', async () => {
    const { out } = await run('junit')
    expect(out).toContain('failures="1"')
    expect(out).toContain('line 17 asks for a waiver: it\'s "old"')
    expect(out).toContain('classname="comments that ask for nothing"')
  })
  test('as the table of conftest', async () => {
    const { out } = await run('table')
    expect(out).toMatch(/│ failure +│.*\(line 17 asks for a waiver: it's "old"/)
    expect(out).toMatch(/│ skipped +│ shop\/search\.yaml +│/)
  })
  test('for GitHub: in the annotation, and in the summary with its command', async () => {
    const summary = join(folder, 'summary.md')
    const args = ['shop', '--environment', 'production', '--format', 'github']
    const { out } = await check(args, {
      ...surroundings,
      env: { ...surroundings.env, GITHUB_STEP_SUMMARY: summary },
    })
    expect(out).toMatch(
      /^::error file=shop\/checkout\.yaml,line=18,.*%0Aline 17 asks for a waiver: it's/m,
    )
    expect(out.match(/^::notice .*title=A comment that asks for nothing/gm)).toHaveLength(3)
    const text = stable(readFileSync(summary, 'utf8'))
    expect(text).toContain('#### Waivers that comments ask for')
    expect(text).toContain(`      ${grant}`)
  })
})

test('comments that ask for nothing are named, with the way out', async () => {
  const { out } = await run('text', 'shop/search.yaml')
  expect(out).toContain(
    'which finds nothing in lines 4 to 5: remove it, or put it above what is meant',
  )
  expect(out).toContain(
    'names no rule of these policies, config.kubernetes.privilege: did you mean config.kubernetes.privileged?',
  )
  expect(out).toContain(
    'gives no reason, so it asks for nothing: write # writ:ignore RULE and the reason',
  )
})
