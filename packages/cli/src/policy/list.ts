import { describePack, levelWords, type DescribedPack, type DescribedRule } from '@writ/compiler'
import { levelOf, type Kind } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { table } from '../output/table.ts'
import { policiesFolder, surroundingsOf } from '../policies.ts'

export type ListOptions = {
  readonly policies?: string
  readonly kind?: Kind
  readonly control?: string
  readonly format: 'text' | 'json'
}

/** Prints the rules of a pack with their severity and today's level in each environment. */
export async function listPolicies(options: ListOptions, desk: Desk): Promise<number> {
  const policies = policiesFolder(options.policies, desk)
  const pack = await describePack({ policies, ...surroundingsOf(desk) })
  const rules = pack.rules
    .filter(({ rule }) => options.kind === undefined || rule.kind === options.kind)
    .filter(({ rule }) => isUnder(rule.controls, options.control))
    .toSorted((left, right) => (left.rule.id < right.rule.id ? -1 : 1))
  const now = desk.now().toISOString()
  desk.out(options.format === 'json' ? jsonOf(rules, pack, now) : textOf(rules, pack, now))
  return exitCodes.allowed
}

/** `SOC2`, `SOC2-CC6` and `soc2-cc6.1` all hold `SOC2-CC6.1`; `SOC2-CC6.1` does not hold `SOC2-CC6.10`. */
function isUnder(controls: readonly string[], wanted: string | undefined): boolean {
  if (wanted === undefined) return true
  const start = wanted.toLowerCase()
  return controls
    .map((control) => control.toLowerCase())
    .some(
      (control) =>
        control === start ||
        (control.startsWith(start) && !/^\d/.test(control.slice(start.length))),
    )
}

function levelsOf({ rule }: DescribedRule, { enforcement }: DescribedPack, now: string) {
  return enforcement.environments.map(
    (environment) => [environment, levelOf(enforcement, rule, { environment, now })] as const,
  )
}

function jsonOf(rules: readonly DescribedRule[], pack: DescribedPack, now: string): string {
  const items = rules.map((described) => {
    const { id, kind, title, severity, controls } = described.rule
    const levels = Object.fromEntries(levelsOf(described, pack, now))
    return { rule: id, kind, title, severity, levels, controls }
  })
  return `${JSON.stringify({ rules: items }, null, 2)}\n`
}

function textOf(rules: readonly DescribedRule[], pack: DescribedPack, now: string): string {
  if (rules.length === 0) return 'No rule of these policies is like that.\n'
  const rows = rules.map((described) => [
    described.rule.id,
    described.rule.severity,
    ...levelsOf(described, pack, now).map(([, level]) => levelWords(level)),
  ])
  const head = ['rule', 'severity', ...pack.enforcement.environments]
  const more = 'Read one in full: writ policy show RULE'
  return `${table(head, rows)}\n\n${plainLine(counted(rules.length, 'rule'))}. ${more}\n`
}
