import type { DescribedPack, DescribedRule } from './described-pack.ts'
import type { Case } from './cases.ts'
import { controlWords } from './controls.ts'
import type { Block, Page } from './page.ts'
import { exampleOf } from './rule-example.ts'
import { settingsBlocks } from './settings-page.ts'
import type { Json, Level, LevelStep, Rule } from '@writ/domain'

/** All that a person may want to know of a rule, in the same words wherever it is shown. */
export function pageOf(described: DescribedRule, pack: DescribedPack): Page {
  const { rule, settings, cases } = described
  const sections = [
    { heading: 'Why', blocks: [text(rule.description)] },
    { heading: 'For example', blocks: examplesOf(rule, cases) },
    { heading: 'How to fix it', blocks: remediationOf(rule.remediation) },
    { heading: 'What may differ at your place', blocks: settingsBlocks(rule, settings) },
    { heading: 'How strictly it is held', blocks: levelsOf(rule, pack) },
    { heading: 'What it must know', blocks: needsOf(rule) },
    { heading: 'Controls', blocks: controlsOf(rule, pack) },
  ]
  return {
    title: rule.title,
    blocks: [text(`\`${rule.id}\`, ${rule.severity} severity${readsOf(rule)}.`)],
    sections: sections.filter(({ blocks }) => blocks.length > 0),
  }
}

/** A level in words, such as “soft mandatory”. */
export function levelWords(level: Level): string {
  return level.replace('_', ' ')
}

/** Dated levels in words: `advisory`, or `shadow; from 2027-01-01 advisory`. */
export function stepWords(steps: readonly LevelStep[], effectiveOn: string): string {
  const words = steps.map(({ from, level }) =>
    from === effectiveOn ? levelWords(level) : `from ${from.slice(0, 10)} ${levelWords(level)}`,
  )
  return words.join('; ')
}

function text(words: string): Block {
  return { type: 'text', text: words }
}

const shownTypes = 8

function readsOf({ documentTypes }: Rule): string {
  if (documentTypes.length === 0) return ''
  const shown = documentTypes.slice(0, shownTypes).map((type) => `\`${type}\``)
  const more = documentTypes.length - shown.length
  return `; it reads ${shown.join(', ')}${more > 0 ? ` and ${more} more types of document` : ''}`
}

function examplesOf(rule: Rule, cases: readonly Case[]): readonly Block[] {
  const failing = cases.filter(({ verdict }) => verdict === 'fail')
  const bad = failing.find(({ settings }) => Object.keys(settings).length === 0) ?? failing[0]
  if (bad === undefined) return []
  const { before, after } = exampleOf(rule, bad)
  return [
    text(sentenceOf(cases, bad)),
    text('Bad:'),
    ...before,
    ...(Object.keys(bad.settings).length === 0
      ? []
      : [
          text(`With these settings of \`settings/${rule.kind}/data.json\`:`),
          jsonBlock(bad.settings),
        ]),
    text('Whoever sends it reads:'),
    { type: 'code', language: 'text', text: bad.reads.map(({ message }) => message).join('\n') },
    text('Good:'),
    ...after,
  ]
}

/** Cases are told one after the other, so a failing one is understood with the first that passes. */
function sentenceOf(cases: readonly Case[], bad: Case): string {
  const good = cases.find(({ verdict }) => verdict === 'pass')
  const words = good === undefined ? bad.name : `${good.name}; ${bad.name}`
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function jsonBlock(value: Json): Block {
  return { type: 'code', language: 'json', text: JSON.stringify(value, null, 2) }
}

/** Lines that stand in from the margin after an empty line are code; the others are paragraphs. */
function remediationOf(remediation: string): readonly Block[] {
  const parts = remediation.split(/\n{2,}/)
  const blocks: Block[] = []
  for (const part of parts) {
    const last = blocks.at(-1)
    const isCode = part.split('\n').every((line) => /^ {2}/.test(line))
    if (!isCode) blocks.push(text(part))
    else if (last?.type === 'code')
      blocks.splice(-1, 1, { ...last, text: `${last.text}\n\n${outdented(part)}` })
    else blocks.push({ type: 'code', language: '', text: outdented(part) })
  }
  return blocks
}

function outdented(part: string): string {
  return part.replaceAll(/^ {2}/gm, '')
}

function levelsOf(rule: Rule, { enforcement }: DescribedPack): readonly Block[] {
  const held = enforcement.levels[rule.id] ?? {}
  const steps = enforcement.environments.map((environment) => held[environment] ?? [])
  return [
    {
      type: 'table',
      head: ['environment', 'level'],
      rows: enforcement.environments.map((environment, at) => [
        environment,
        stepWords(steps[at] ?? [], rule.effectiveOn),
      ]),
    },
    text(
      `Before ${rule.effectiveOn.slice(0, 10)} it is in shadow: it is told, and changes nothing.`,
    ),
    text(
      waiverWords(
        rule,
        steps.flat().map(({ level }) => level),
      ),
    ),
  ]
}

function waiverWords({ waivableBy }: Rule, held: readonly Level[]): string {
  const who = waivableBy.join(' or ')
  if (held.includes('soft_mandatory'))
    return `Where it is soft mandatory, a waiver excuses a finding until a date. ${who === '' ? 'Nobody is named who may grant one' : `Who may grant one: ${who}`}.`
  if (held.includes('hard_mandatory'))
    return 'No waiver excuses what it finds where it is hard mandatory.'
  const grantor = who === '' ? '' : `; where you hold it soft mandatory, ${who} may grant one`
  return `It blocks nothing as shipped, so no waiver is needed${grantor}.`
}

function needsOf({ appliesRequires, requires, crossesDocuments }: Rule): readonly Block[] {
  const facts = [...appliesRequires, ...requires].map((pointer) => `\`${pointer}\``)
  return [
    ...(facts.length === 0
      ? []
      : [
          text(
            `Without ${facts.join(' and ')} in the request the verdict is \`unknown\`, which is never a pass.`,
          ),
        ]),
    ...(crossesDocuments
      ? [text('It compares documents with each other, so it needs the whole change set.')]
      : []),
  ]
}

function controlsOf({ controls }: Rule, { standards }: DescribedPack): readonly Block[] {
  if (controls.length === 0) return []
  const rows = controls.map((id) => [id, controlWords(standards, id) ?? 'not listed by this pack'])
  return [text('It helps to show:'), { type: 'table', head: ['control', 'asks for'], rows }]
}
