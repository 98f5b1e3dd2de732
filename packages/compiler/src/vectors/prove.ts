import type { BundleFiles } from '@writ/contract'
import type { Issue, Json, JsonObject } from '@writ/domain'
import { canonicalText, digestOf } from '@writ/ledger'
import { onStage, type Compiler } from '../compile.ts'
import { inPairs } from '../in-pairs.ts'
import { kept, keyOf } from '../kept.ts'
import { modernPack } from '../modern-pack.ts'
import { withLibrary } from '../modules.ts'
import { ensureOpa } from '../opa/ensure-opa.ts'
import { readPack, type Pack } from '../pack.ts'
import { inOrder } from '../place.ts'
import { casesIn } from '../rule-cases.ts'
import type { Surroundings } from '../surroundings.ts'
import { askedOf, caseIssue, familiesOf, settingsIn, type Asked } from './asked.ts'
import { createModules } from './in-module.ts'
import { saidInOpa } from './in-opa.ts'

export type Proving = Surroundings & { readonly policies: string; readonly bundle: BundleFiles }

export type Proof = {
  /** How many cases were asked both ways. */
  readonly cases: number
  readonly issues: readonly Issue[]
}

/**
 * Asks every case of a pack twice, the modules of its bundle and OPA’s own interpreter over the sources, and names those of
 * which the two say different things. A family of rules that was proven before is not asked again.
 */
export async function proveCases(request: Proving): Promise<Proof> {
  const { policies, bundle, cacheDir } = request
  const compiler = { opa: await ensureOpa(request), cacheDir }
  const pack = await modernPack(readPack(policies).pack, compiler)
  const cases = await casesIn(pack, policies)
  const data: Json = JSON.parse(new TextDecoder().decode(bundle.files.get('data.json')))
  const settings = settingsIn(data)
  const { asked, issues } = askedOf(cases, settings)
  const ask = createModules(bundle.files)
  const found = await inPairs(
    familiesOf(asked).map(
      (family) => () => provenFamily({ family, settings, pack, ask }, compiler),
    ),
  )
  return { cases: asked.length, issues: inOrder([...issues, ...found.flat()]) }
}

type Family = {
  readonly family: readonly Asked[]
  readonly settings: JsonObject
  readonly pack: Pack
  readonly ask: ReturnType<typeof createModules>
}

async function provenFamily(
  { family, settings, pack, ask }: Family,
  compiler: Compiler,
): Promise<readonly Issue[]> {
  const ids = new Set(family.map(({ rule }) => `${rule.replaceAll('.', '/')}.rego`))
  const rules = pack.rules.filter(({ path }) => ids.has(path))
  const files = withLibrary(rules, pack.library)
  const said = family.map((asked) => ask(asked, settings))
  let issues: readonly Issue[] = []
  const way = ['cases', digestOf(canonicalText([family, settings, said]))]
  await kept({ cacheDir: compiler.cacheDir, key: keyOf(way, files) }, async () => {
    const meant = await onStage(compiler, files, (stage) => saidInOpa(family, settings, stage))
    issues = family.flatMap((asked, at) => {
      const [compiled, written] = [said[at] ?? null, meant[at] ?? null]
      return canonicalText(compiled) === canonicalText(written)
        ? []
        : [
            caseIssue(
              asked,
              `the compiled rule says ${textOf(compiled)}, and OPA ${textOf(written)}`,
            ),
          ]
    })
    return issues.length === 0 ? new Uint8Array() : null
  })
  return issues
}

function textOf(said: Json): string {
  return said === null ? 'that it does not apply' : canonicalText(said).slice(0, 500)
}
