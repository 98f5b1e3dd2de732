import { Fault, isList, type Json, type JsonObject } from '@writ/domain'
import { canonicalBytes, canonicalText } from '@writ/ledger'
import type { Stage } from '../compile.ts'
import { listOf, memberOf } from '../json-read.ts'
import { runOpa } from '../opa/run-opa.ts'
import type { Asked, Said } from './asked.ts'

/** What OPA’s own interpreter says of each of these, in one run over the sources in the stage. */
export async function saidInOpa(
  asked: readonly Asked[],
  settings: JsonObject,
  { opa, folder }: Stage,
): Promise<readonly Said[]> {
  const cases = asked.map(({ rule, input, settings: own }, at) => ({
    at,
    rule,
    input,
    ...(own === null ? {} : { settings: own }),
  }))
  const rules = [...new Set(asked.map(({ rule }) => rule))]
  const query = `[said | some said in [${rules.map(queryOf).join(',\n')}][_]]`
  const result = await runOpa(['eval', '--format', 'json', '--data', '.', '--stdin-input', query], {
    opa,
    folders: { '/': folder },
    cwd: '/',
    stdin: canonicalBytes({ cases, settings }),
  })
  if (result.code !== 0)
    throw new Fault('internal', `opa eval: ${result.stderr}${result.stdout}`.slice(0, 2_000))
  const printed: Json = JSON.parse(result.stdout)
  const [first] = listOf(listOf(printed, 'result')[0], 'expressions')
  const said = new Map(listOf(first, 'value').map((one) => [memberOf(one, 'at'), saidIn(one)]))
  return asked.map((_, at) => said.get(at) ?? null)
}

/** The cases of one rule: its two results of each, in arrays that are empty where they are undefined. */
function queryOf(rule: string): string {
  return `[said |
    some case in input.cases; case.rule == "${rule}"
    asked := case.input; settings := object.get(case, "settings", input.settings)
    applies := [value | value := data.${rule}.applies with input as asked with data.settings as settings]
    finding := [value | value := data.${rule}.finding with input as asked with data.settings as settings]
    said := {"at": case.at, "applies": applies, "finding": finding}]`
}

function saidIn(one: Json): Said {
  const [applies] = listOf(one, 'applies')
  const [finding] = listOf(one, 'finding')
  return saidOf(applies, finding)
}

/** Both are sets, and come in another order from a module than from the interpreter. */
export function saidOf(applies: Json | undefined, finding: Json | undefined): Said {
  if (applies === undefined || (isList(applies) && applies.length === 0)) return null
  return { applies: textsOf(applies), finding: textsOf(finding ?? []) }
}

function textsOf(value: Json): readonly string[] {
  return (isList(value) ? value : [value]).map((one) => canonicalText(one)).toSorted()
}
