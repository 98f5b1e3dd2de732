import { globSync } from 'node:fs'
import { runOpa } from '@writ/compiler'
import { manifestSchema, readDecisionRequest, type Manifest } from '@writ/contract'
import { inputOf, isList, type Json, type JsonObject } from '@writ/domain'
import { canonicalBytes, canonicalText } from '@writ/ledger'
import { createInstance, encodeInput, loadModule, maxFuel } from '@writ/rego'
import { beforeAll, expect, test } from 'vitest'
import { asObject, byFamily, policies, readCases, type Case } from './cases.ts'
import { kindOf } from './judge.ts'
import { now, shippedPack, type ShippedPack } from './pack.ts'

type Found = { readonly applies: Json; readonly finding: readonly string[] }

let pack: ShippedPack
beforeAll(async () => {
  pack = await shippedPack()
})

/** Both must say the same of each case: the module that decides, and OPA's own interpreter over the same files. */
test.each(byFamily(readCases(), ({ rule }) => rule))(
  '%s: what was compiled means what was written',
  async (family, cases) => {
    const asked = cases.map((each) => ({
      each,
      input: inputFor(each),
      settings: pack.settingsFor(kindOf(each.request), each.settings),
    }))
    const interpreted = await inOpa(family, asked)
    expect(interpreted).toHaveLength(asked.length)
    for (const [at, { each, input, settings }] of asked.entries())
      expect(inWasm(each, { input, settings }), `${each.rule}: ${each.name}`).toEqual(
        interpreted[at],
      )
  },
  300_000,
)

type Asked = { readonly each: Case; readonly input: JsonObject; readonly settings: JsonObject }

function inputFor({ request }: Case): JsonObject {
  const read = readDecisionRequest(request).request
  if (read === null) throw new Error('a case is no request')
  return inputOf(read, now)
}

function inWasm({ rule }: Case, { input, settings }: Omit<Asked, 'each'>): Found | null {
  const manifest: Manifest = manifestSchema.parse(JSON.parse(textOf('manifest.json')))
  const plan = manifest.modules.find(({ rules }) => Object.hasOwn(rules, rule))
  const module = loadModule(pack.files.files.get(plan?.file ?? '') ?? new Uint8Array())
  const data = canonicalBytes({ settings })
  const evaluated = createInstance(module, { data, maxPages: 4096 }).evaluate({
    input: encodeInput(input),
    entrypoint: plan?.rules[rule] ?? '',
    fuel: maxFuel,
    now: 0n,
  })
  if (evaluated.status !== 'defined') throw new Error(`${rule} is ${evaluated.status}`)
  const result = asObject(JSON.parse(evaluated.text))
  return result['applies'] === undefined ? null : foundIn(result['applies'], result['finding'])
}

function textOf(name: string): string {
  return new TextDecoder().decode(pack.files.files.get(name))
}

/** Both are sets: a compiled module keeps them in another order than the interpreter. */
function foundIn(applies: Json, finding: Json | undefined): Found {
  return {
    applies: isList(applies) ? textsOf(applies) : applies,
    finding: textsOf(finding as Json[]),
  }
}

function textsOf(set: readonly Json[]): readonly string[] {
  return set.map((one) => canonicalText(one)).toSorted()
}

/** The cases of a family in one run: each expression of the query is one rule over its own cases. */
async function inOpa(family: string, asked: readonly Asked[]): Promise<readonly (Found | null)[]> {
  const numbered = asked.map(({ each, input, settings }, at) => ({
    at,
    rule: each.rule,
    input,
    settings,
  }))
  const rules = [...new Set(numbered.map(({ rule }) => rule))]
  const members = rules.map(
    (rule) => `"${rule}": [found |
    some case in input.cases; case.rule == "${rule}"
    asked := case.input; settings := case.settings
    applies := [value | value := data.${rule}.applies with input as asked with data.settings as settings]
    finding := [value | value := data.${rule}.finding with input as asked with data.settings as settings]
    found := {"at": case.at, "applies": applies, "finding": finding}]`,
  )
  const sources = ['lib', family.replaceAll('.', '/')].flatMap((folder) =>
    globSync(`${folder}/*.rego`, { cwd: policies })
      .filter((path) => !path.endsWith('_test.rego'))
      .flatMap((path) => ['--data', path]),
  )
  const { code, stdout, stderr } = await runOpa(
    ['eval', '--format', 'json', ...sources, '--stdin-input', `{${members.join(',\n')}}`],
    {
      opa: pack.opa,
      folders: { '/': policies },
      cwd: '/',
      stdin: canonicalBytes({ cases: numbered }),
    },
  )
  if (code !== 0) throw new Error(`opa eval: ${stderr}${stdout}`)
  const byRule = JSON.parse(stdout).result[0].expressions[0].value as Record<string, Interpreted[]>
  const found = Object.values(byRule)
    .flat()
    .toSorted((left, right) => left.at - right.at)
  return found.map(({ applies: [applies], finding: [finding] }) => {
    const isApplied = applies !== undefined && canonicalText(applies) !== '[]'
    return isApplied ? foundIn(applies, finding) : null
  })
}

type Interpreted = { readonly at: number; readonly applies: Json[]; readonly finding: Json[] }
