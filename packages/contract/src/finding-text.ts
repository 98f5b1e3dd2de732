import type { Effect, Level } from '@writ/domain'
import type { WireFinding } from './answer.ts'

const effects: Readonly<Record<Effect, string>> = {
  none: 'Found',
  observed: 'Observed',
  advised: 'Advice',
  blocked: 'Blocked',
  waived: 'Waived',
}

const levels: Readonly<Record<Level, string>> = {
  off: 'off',
  shadow: 'shadow: it changes nothing yet',
  advisory: 'advisory: it never blocks',
  soft_mandatory: 'soft mandatory: it blocks, unless a waiver excuses what fails',
  hard_mandatory: 'hard mandatory: it blocks, and cannot be waived',
}

/**
 * A finding as lines of plain text, the same on every surface: what it does, what is wrong, where, how to fix it, and who
 * may waive it. `line` is that of the file in its location, where somebody has the file. Texts are as they came; a
 * terminal has to make them harmless.
 */
export function readableFinding(
  finding: WireFinding,
  line: number | null = null,
): readonly string[] {
  const { effect, title, message, rule, severity, level } = finding
  return [
    `${effects[effect]}: ${title}`,
    ...entry('', message),
    ...entry('where', whereOf(finding, line)),
    ...entry('fix', finding.remediation),
    ...entry('rule', `${rule} (${severity} severity, ${levels[level]})`),
    ...entry('waiver', waiverOf(finding)),
  ]
}

/** `file:line`, the thing, the part of it, and the place in it. */
function whereOf({ resource, part, location }: WireFinding, line: number | null): string {
  const { path, index, pointer } = location ?? { path: '', index: 0, pointer: null }
  const places = [
    ...(path === '' ? [] : [fileOf(path, index, line)]),
    `${resource.type} ${resource.id}`,
    ...(part === null ? [] : [`part ${part}`]),
    ...(pointer === null || pointer === '' ? [] : [pointer]),
  ]
  return places.join(', ')
}

function fileOf(path: string, index: number, line: number | null): string {
  if (line !== null) return `${path}:${line}`
  return index === 0 ? path : `${path} (document ${index + 1})`
}

function waiverOf({ effect, waiver, waivable_by: by }: WireFinding): string {
  if (waiver !== null) return `excused by ${waiver}`
  if (by.length > 0) return `may be granted by ${by.join(' or ')}`
  return effect === 'blocked' ? 'none can be granted for this' : 'none is needed'
}

const width = 'waiver  '.length

/** A name and its text, whose further lines stand below the first. */
function entry(name: string, text: string): readonly string[] {
  if (name === '') return text.split('\n').map((line) => `  ${line}`)
  return text
    .trimEnd()
    .split('\n')
    .map((line, at) => `  ${(at === 0 ? name : '').padEnd(width)}${line}`.trimEnd())
}
