import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  controlWords,
  describePack,
  pageOf,
  stepWords,
  type DescribedPack,
  type DescribedRule,
  type Standard,
} from '@writ/compiler'
import { format, resolveConfig } from 'prettier'
import { escaped, pageMarkdown, tableMarkdown } from './markdown.ts'
import { surroundings } from './toolchain.ts'

const root = join(import.meta.dirname, '..')
const reference = join(root, 'docs', 'reference')
const note =
  '<!-- Written by `npm run golden` from the rules, their cases and settings: a change here would be lost. -->\n\n'

/** The pages of the shipped rules by their path in `docs/reference/`, as they have to be now. */
export async function pages(pack: DescribedPack): Promise<ReadonlyMap<string, string>> {
  const texts: readonly (readonly [path: string, text: string])[] = [
    ['controls.md', controlsPage(pack)],
    ['policies/README.md', indexPage(pack)],
    ...pack.rules.map(
      (described) =>
        [`policies/${described.rule.id}.md`, pageMarkdown(pageOf(described, pack))] as const,
    ),
  ]
  const options = await resolveConfig(join(root, 'README.md'))
  const written = texts.map(
    async ([path, text]) =>
      [path, await format(note + text, { ...options, parser: 'markdown' })] as const,
  )
  return new Map(await Promise.all(written))
}

export function shippedPack(): Promise<DescribedPack> {
  return describePack({ ...surroundings(), policies: join(root, 'policies') })
}

/** The pages that lie in `docs/reference/`, generated ones only. */
export function pagesThere(): ReadonlyMap<string, string> {
  const names = readdirSync(join(reference, 'policies')).filter((name) => name.endsWith('.md'))
  const paths = ['controls.md', ...names.map((name) => `policies/${name}`)]
  return new Map(paths.map((path) => [path, readFileSync(join(reference, path), 'utf8')]))
}

/** Ids of controls that a rule names and no list of `policies/controls/` holds, each with the rule. */
export function unknownControls({ rules, standards }: DescribedPack): readonly string[] {
  return rules.flatMap(({ rule }) =>
    rule.controls
      .filter((control) => controlWords(standards, control) === null)
      .map((control) => `${rule.id} names ${control}: mend it, or list it in policies/controls/`),
  )
}

function indexPage(pack: DescribedPack): string {
  const families = Map.groupBy(pack.rules, ({ rule }) => rule.id.split('.').slice(0, -1).join(' '))
  const sections = [...families].toSorted(([left], [right]) => (left < right ? -1 : 1))
  const { environments } = pack.enforcement
  return [
    '# The rules',
    `${pack.rules.length} rules, one page each. \`npx writ policy list\` says the same in the terminal, \`npx writ policy show RULE\` what a page says. [Controls](../controls.md) shows which standards they help with.`,
    ...sections.flatMap(([family, rules]) => [
      `## ${escaped(family)}`,
      tableMarkdown(
        ['rule', 'asks for', 'severity', ...environments],
        rules.toSorted(byId).map((described) => indexRow(described, pack)),
      ),
    ]),
  ].join('\n\n')
}

function byId(left: DescribedRule, right: DescribedRule): number {
  return left.rule.id < right.rule.id ? -1 : 1
}

function indexRow({ rule }: DescribedRule, { enforcement }: DescribedPack): string[] {
  const held = enforcement.levels[rule.id] ?? {}
  const levels = enforcement.environments.map((name) =>
    stepWords(held[name] ?? [], rule.effectiveOn),
  )
  return [`[\`${rule.id}\`](${rule.id}.md)`, escaped(rule.title), rule.severity, ...levels]
}

function controlsPage({ rules, standards }: DescribedPack): string {
  const helping = (id: string): readonly string[] =>
    rules.filter(({ rule }) => rule.controls.includes(id)).map(({ rule }) => rule.id)
  return [
    '# Controls',
    'Which controls of which standard the shipped rules help with. A rule is evidence for a part of a control, never the whole of it; many controls are about people and paper, and no rule will ever show them. What a control asks for is told in our own words: the standards themselves count.',
    tableMarkdown(
      ['standard', 'listed', 'with a rule'],
      standards.map((standard) => summaryRow(standard, helping)),
    ),
    ...standards.flatMap((standard) => standardSection(standard, helping)),
  ].join('\n\n')
}

type Helping = (id: string) => readonly string[]

function summaryRow({ name, prefix, controls }: Standard, helping: Helping): readonly string[] {
  const ids = Object.keys(controls)
  const met = ids.filter((id) => helping(prefix + id).length > 0)
  return [name, String(ids.length), String(met.length)]
}

function standardSection(standard: Standard, helping: Helping): readonly string[] {
  const { name, about, prefix, controls } = standard
  const rows = Object.entries(controls).map(([id, what]) => {
    const links = helping(prefix + id)
      .toSorted()
      .map((rule) => `[\`${rule}\`](policies/${rule}.md)`)
    return [id, escaped(what), links.length === 0 ? '–' : links.join(', ')]
  })
  return [
    `## ${name}`,
    `${escaped(about)} In METADATA its controls begin with \`${prefix}\`.`,
    tableMarkdown(['control', 'asks for', 'rules'], rows),
  ]
}

/** Writes every page anew, and removes those of rules that are gone. */
async function writePages(): Promise<void> {
  mkdirSync(join(reference, 'policies'), { recursive: true })
  const wanted = await pages(await shippedPack())
  for (const name of readdirSync(join(reference, 'policies')))
    if (!wanted.has(`policies/${name}`)) rmSync(join(reference, 'policies', name))
  for (const [path, text] of wanted) {
    mkdirSync(dirname(join(reference, path)), { recursive: true })
    writeFileSync(join(reference, path), text)
  }
}

if (import.meta.main) await writePages()
