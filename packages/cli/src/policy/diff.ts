import { diffPacks, diffRego, type Difference } from '@writ/compiler'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { openAny } from './any-bundle.ts'
import { resultChanges, type ResultChange } from './result-changes.ts'
import { verdictChanges, type VerdictChange } from './verdict-changes.ts'

export type DiffOptions = { readonly format: 'text' | 'json'; readonly inputs?: string }

type Differing = Difference & {
  /** Of packs with sources: the cases that are judged otherwise; null where none could be asked. */
  readonly verdicts: readonly VerdictChange[] | null
  /** Of any Rego: what is answered otherwise; null where no inputs were given. */
  readonly results: readonly ResultChange[] | null
}

/** Says what differs between two bundles, and what becomes of the cases. */
export async function diffPolicies(
  before: string,
  after: string,
  { format, inputs, desk }: DiffOptions & { readonly desk: Desk },
): Promise<number> {
  const difference = await differenceBetween(before, after, { inputs, desk })
  const lines = linesOf(difference)
  const text = lines.length === 0 ? ['Nothing differs.'] : lines
  desk.out(format === 'json' ? jsonOf(difference) : `${text.map(plainLine).join('\n')}\n`)
  return lines.length === 0 ? exitCodes.allowed : exitCodes.denied
}

async function differenceBetween(
  before: string,
  after: string,
  { inputs, desk }: { readonly inputs: string | undefined; readonly desk: Desk },
): Promise<Differing> {
  const [left, right] = [await openAny(before, desk), await openAny(after, desk)]
  if (left.form === 'rego' && right.form === 'rego') {
    const results =
      inputs === undefined ? null : await resultChanges(before, after, { inputs, desk })
    return { ...diffRego(left.files, right.files), verdicts: null, results }
  }
  if (inputs !== undefined)
    throw new Fault(
      'request-invalid',
      '--inputs are asked of bundles of any Rego; a pack has its cases',
    )
  if (left.form === 'pack' && right.form === 'pack') {
    const verdicts = await verdictChanges(left, right, desk)
    return { ...diffPacks(left, right), verdicts, results: null }
  }
  throw new Fault(
    'request-invalid',
    `${before} and ${after} cannot be compared: one is a pack, the other any Rego`,
  )
}

function linesOf({
  rules,
  levels,
  data,
  builtins,
  entrypoints,
  verdicts,
  results,
}: Differing): readonly string[] {
  const sides = (before: string | null, after: string | null): string =>
    `${before ?? 'nothing'} → ${after ?? 'nothing'}`
  return [
    ...listed('Rules', [
      ...rules.added.map((rule) => `+ ${rule}`),
      ...rules.removed.map((rule) => `- ${rule}`),
      ...rules.changed.map(({ rule, what }) => `~ ${rule}: ${what.join(', ')}`),
    ]),
    ...listed(
      'Levels',
      levels.map((one) => `${one.rule} in ${one.environment}: ${sides(one.before, one.after)}`),
    ),
    ...listed(
      'Data',
      data.map((one) => `${one.pointer || '/'}: ${sides(short(one.before), short(one.after))}`),
    ),
    ...listed('Builtins', signed(builtins)),
    ...listed('Entrypoints', signed(entrypoints)),
    ...listed(
      'Inputs',
      (results ?? []).map(
        (one) => `${one.input}, ${one.entrypoint}: ${sides(short(one.before), short(one.after))}`,
      ),
    ),
    ...listed(
      'Cases',
      (verdicts ?? []).map((one) => `${one.rule}, “${one.case}”: ${sides(one.before, one.after)}`),
    ),
  ]
}

const shown = 50

function listed(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  const more = lines.length - shown
  const rest =
    more > 0 ? [`  … and ${counted(more, 'more', 'more')}: --format json has them all`] : []
  return [`${title}:`, ...lines.slice(0, shown).map((line) => `  ${line}`), ...rest]
}

function signed({ added, removed }: Difference['builtins']): readonly string[] {
  return [...added.map((name) => `+ ${name}`), ...removed.map((name) => `- ${name}`)]
}

const maxText = 120

function short(text: string | null): string | null {
  return text !== null && text.length > maxText ? `${text.slice(0, maxText)}…` : text
}

function jsonOf(difference: Differing): string {
  return `${JSON.stringify(difference, null, 2)}\n`
}
