import {
  describePack,
  pageOf,
  type Block,
  type DescribedPack,
  type DescribedRule,
  type Page,
} from '@writ/compiler'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { createPaint, type Paint } from '../output/paint.ts'
import { plain, plainLine } from '../output/plain.ts'
import { table } from '../output/table.ts'
import { policiesFolder, surroundingsOf } from '../policies.ts'
import { nearTo } from './near.ts'

const width = 98

export type ShowOptions = {
  readonly policies?: string
  readonly format: 'text' | 'json'
  readonly color: boolean
}

/** Prints the page of a rule: what the pages of the shipped rules say, of any pack. */
export async function showPolicy(id: string, options: ShowOptions, desk: Desk): Promise<number> {
  const policies = policiesFolder(options.policies, desk)
  const pack = await describePack({ policies, ...surroundingsOf(desk) })
  const found = pack.rules.find(({ rule }) => rule.id === id)
  if (found === undefined) throw unknownRule(id, pack)
  const text =
    options.format === 'json'
      ? jsonOf(found, pack)
      : pageText(pageOf(found, pack), createPaint(desk, options.color))
  desk.out(text)
  return exitCodes.allowed
}

function unknownRule(id: string, { rules }: DescribedPack): Fault {
  const near = nearTo(
    id,
    rules.map(({ rule }) => rule.id),
  )
  const way =
    near.length === 0 ? 'writ policy list names them all' : `did you mean ${near.join(' or ')}?`
  return new Fault('request-invalid', `No rule is called ${id}: ${way}`)
}

function jsonOf({ rule, settings, cases }: DescribedRule, { enforcement }: DescribedPack): string {
  const levels = enforcement.levels[rule.id] ?? {}
  const named = cases.map(({ name, verdict, reads }) => ({ name, verdict, reads }))
  return `${JSON.stringify({ rule, levels, settings, cases: named }, null, 2)}\n`
}

function pageText({ title, blocks, sections }: Page, paint: Paint): string {
  const parts = [
    paint('bold', plainLine(title)),
    ...blocks.map(blockText),
    ...sections.flatMap((section) => [
      paint('bold', plainLine(section.heading)),
      ...section.blocks.map(blockText),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

function blockText(block: Block): string {
  if (block.type === 'table') return tableText(block.head, block.rows.map(unquoted))
  if (block.type === 'code') return indented(plain(block.text), 6)
  return indented(
    block.text
      .split('\n')
      .flatMap((line) => wrapped(plain(line)))
      .join('\n'),
    2,
  )
}

/** A table where it fits; else each row in lines of its own. */
function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const whole = table(head, rows)
  if (whole.split('\n').every((line) => line.length <= width)) return whole
  return rows
    .map((row) => {
      const rest = indented(wrapped(plainLine(row.at(-1) ?? '')).join('\n'), 6)
      return `  ${row.slice(0, -1).map(plainLine).join('  ')}\n${rest}`
    })
    .join('\n')
}

/** In a table nothing but the column says where a name begins and ends. */
function unquoted(row: readonly string[]): readonly string[] {
  return row.map((cell) => cell.replaceAll('`', ''))
}

function indented(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`.trimEnd())
    .join('\n')
}

function wrapped(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
