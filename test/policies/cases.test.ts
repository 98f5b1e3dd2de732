import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readableFinding } from '@writ/contract'
import { beforeAll, describe, expect, test } from 'vitest'
import { asObject, byFamily, familyOf, readCases, type Case } from './cases.ts'
import { judgeSound, kindOf } from './judge.ts'
import { shippedPack, type ShippedPack } from './pack.ts'
import { patched } from '@writ/compiler'

const cases = readCases()
const rules = [...new Set(cases.map(({ rule }) => rule))]
const goldens = join(import.meta.dirname, '..', 'golden', 'policies')

let pack: ShippedPack
beforeAll(async () => {
  pack = await shippedPack()
})

const judgeCase = ({ request, settings }: Case, asked = request) =>
  judgeSound(pack.bundleWith(kindOf(request), settings), asked)

const verdictOn = (each: Case, asked = each.request) => {
  const found = judgeCase(each, asked).verdicts.find(({ rule }) => rule.id === each.rule)
  if (found === undefined) throw new Error(`${each.rule} has no verdict`)
  return found
}

const families = byFamily(rules, (id) => id)

test('every golden is of a family that stands', () => {
  const standing = families.flatMap(([family]) => goldensOf(family))
  expect(readdirSync(goldens).toSorted()).toEqual(standing.toSorted())
})

test.each(families)('%s: every golden is of a rule that stands', (family, ids) => {
  expect(goldensOf(family)).toEqual(ids.map((id) => `${id}.txt`))
})

test.each(families)('%s: every rule has a case that passes and one that fails', (family, ids) => {
  const { rules: held } = pack.bundleWith('deploy', {})
  const inFamily = held.filter(({ id }) => familyOf(id) === family)
  expect(ids).toEqual(inFamily.map(({ id }) => id).toSorted())
  for (const id of ids) {
    const verdicts = cases.filter(({ rule }) => rule === id).map(({ verdict }) => verdict)
    expect(verdicts, id).toEqual(expect.arrayContaining(['pass', 'fail']))
  }
})

function goldensOf(family: string): readonly string[] {
  const names = readdirSync(goldens).toSorted()
  return names.filter((name) => familyOf(name.replace(/\.txt$/, '')) === family)
}

describe.each(rules)('%s', (id) => {
  const own = cases.filter(({ rule }) => rule === id)

  test.each(own)('$name', (each) => {
    const { verdict, complaints, reason } = verdictOn(each)
    expect(verdict, reason ?? '').toBe(each.verdict)
    expect(complaints.map(({ message }) => message)).toEqual(
      expect.arrayContaining(each.reads.map(({ message }) => message)),
    )
    expect(complaints).toHaveLength(each.reads.length)
    for (const reading of each.reads)
      expect(complaints).toContainEqual(expect.objectContaining(reading))
  })

  const failing = own.filter(({ verdict }) => verdict === 'fail')
  test.each(failing)('fixed: $name', (each) => {
    const after = (fix: Case['fix']) =>
      verdictOn(each, asObject(patched(each.request, fix))).verdict
    expect(after(each.fix)).toBe('pass')
    if (each.fix.length === 1) return
    for (const left of each.fix)
      expect(after(each.fix.filter((operation) => operation !== left)), left.path).toBe('fail')
  })

  test('what the blocked person reads', () => {
    const text = own.flatMap(goldenOf).join('\n')
    const file = join(goldens, `${id}.txt`)
    if (process.env['WRITE_GOLDEN'] === '1') {
      mkdirSync(goldens, { recursive: true })
      writeFileSync(file, text)
    }
    expect(text).toBe(readFileSync(file, 'utf8'))
  })
})

/** A case that stops somebody, with the findings of its rule as every surface shows them. */
function goldenOf(each: Case): readonly string[] {
  const { evaluation } = judgeCase(each)
  const found = evaluation.findings.filter(({ rule }) => rule === each.rule)
  if (found.length === 0) return []
  return [
    `# ${each.name}`,
    '',
    ...found.flatMap((finding) => [...readableFinding(finding), '']),
    '',
  ]
}
