import type { JsonObject } from '@writ/domain'
import { canonicalText, digestOf } from '@writ/ledger'
import type { Case } from '../cases.ts'
import { onStage, type Compiler } from '../compile.ts'
import { definitionsOf } from '../definitions.ts'
import { inPairs } from '../in-pairs.ts'
import { kept, keyOf } from '../kept.ts'
import { idOf } from '../metadata-fields.ts'
import { withLibrary } from '../modules.ts'
import type { Pack, RegoFile } from '../pack.ts'
import { inOrder } from '../place.ts'
import { askedOf, familiesOf, type Asked } from '../vectors/asked.ts'
import { saidInOpa } from '../vectors/in-opa.ts'
import type { LintIssue } from './lints.ts'

const lint = 'dead-clause'
const message =
  'no case needs this clause: it never fires, or another says the same. Write the case that it is for, or take it out'

export type PackCases = {
  readonly pack: Pack
  readonly cases: readonly Case[]
  /** `data.settings` of the pack. */
  readonly settings: JsonObject
}

/**
 * The clauses of `finding` that no case needs: each is taken out in turn, and every case of its rule is asked again. Of a
 * rule without cases nothing is said.
 */
export async function deadClauses(
  { pack, cases, settings }: PackCases,
  compiler: Compiler,
): Promise<readonly LintIssue[]> {
  const families = familiesOf(askedOf(cases, settings).asked)
  const places = await inPairs(
    families.map((family) => () => deadIn({ family, pack, settings }, compiler)),
  )
  return inOrder(places.flat().map((pointer) => ({ pointer, message, lint })))
}

type Family = Pick<PackCases, 'pack' | 'settings'> & { readonly family: readonly Asked[] }

/** The places of the clauses that no case of this family needs. */
async function deadIn(
  { family, pack, settings }: Family,
  compiler: Compiler,
): Promise<readonly string[]> {
  const ids = new Set(family.map(({ rule }) => rule))
  const rules = pack.rules.filter(({ path }) => ids.has(idOf(path)))
  const mutants = rules.flatMap(mutantsOf)
  const files = withLibrary([...rules, ...mutants.map(({ file }) => file)], pack.library)
  const way = [lint, digestOf(canonicalText([family, settings]))]
  const places = await kept({ cacheDir: compiler.cacheDir, key: keyOf(way, files) }, async () => {
    const dead = await onStage(compiler, files, async (stage) => {
      const pairs = mutants.flatMap((mutant) =>
        family.filter(({ rule }) => rule === mutant.rule).map((whole) => ({ mutant, whole })),
      )
      const changed = pairs.map(({ mutant, whole }) => ({ ...whole, rule: mutant.id }))
      const said = await saidInOpa([...family, ...changed], settings, stage)
      const texts = said.map((one) => canonicalText(one))
      const needed = pairs.filter(
        ({ whole }, at) => texts[family.indexOf(whole)] !== texts[family.length + at],
      )
      return mutants.filter((mutant) => !needed.some((pair) => pair.mutant === mutant))
    })
    return Buffer.from(dead.map(({ place }) => place).join('\n'))
  })
  return Buffer.from(places)
    .toString()
    .split('\n')
    .filter((place) => place !== '')
}

/** A rule without one of its clauses, in a package of its own. */
type Mutant = {
  readonly rule: string
  readonly id: string
  readonly place: string
  readonly file: RegoFile
}

function mutantsOf({ path, text }: RegoFile): readonly Mutant[] {
  const definitions = definitionsOf(text)
  const [lines, rule] = [text.split('\n'), idOf(path)]
  return definitions.flatMap(({ name, tokens }, at) => {
    const row = tokens[0]?.row ?? 1
    if (name !== 'finding') return []
    const end = definitions[at + 1]?.tokens[0]?.row ?? lines.length + 1
    const id = `mutants.${rule}.without_${row}`
    const rest = lines.toSpliced(row - 1, end - row, 'finding contains "" if false', '')
    const own = rest.map((line) => (line.startsWith('package ') ? `package ${id}` : line))
    const file = { path: `mutants/${path}/${row}.rego`, text: own.join('\n') }
    return [{ rule, id, place: `${path}:${row}:1`, file }]
  })
}
