import { isList, type Json, type JsonObject } from '@writ/domain'
import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { asObject, byFamily, readCases, type Case } from './cases.ts'
import { isAllowed, judge, kindOf } from './judge.ts'
import { shippedPack, type ShippedPack } from './pack.ts'
import { patched } from '@writ/compiler'

let pack: ShippedPack
beforeAll(async () => {
  pack = await shippedPack()
})

/** What a request says, path by path; of a document only its name and place: its content is what is being changed. */
function pathsIn(request: JsonObject): readonly string[] {
  return walk(request, '').filter((path) => !isDocument.test(path) && !isContent.test(path))
}

const isDocument = /^\/context\/documents\/\d+$/
const isContent = /^\/context\/documents\/\d+\/content\//

function walk(value: Json, at: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const members = isList(value) ? [...value.entries()] : Object.entries(value)
  return members.flatMap(([key, member]) => {
    const path = `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
    return [path, ...walk(member, path)]
  })
}

const without = (request: JsonObject, path: string): JsonObject =>
  asObject(patched(request, [{ op: 'remove', path }]))

const judgeAs = ({ settings, request }: Case, asked: JsonObject) =>
  judge(pack.bundleWith(kindOf(request), settings), asked)

/** The rules that would stop somebody, were they mandatory. Documents may go unjudged: then the request is vacuous. */
function stopping(each: Case, asked: JsonObject): ReadonlySet<string> | null {
  const judged = judgeAs(each, asked)
  if (judged.status === 'refused' || kindOf(each.request) === 'config') return null
  const stops = judged.verdicts.filter(
    ({ verdict }) => verdict !== 'pass' && verdict !== 'not_applicable',
  )
  return new Set(stops.map(({ rule }) => rule.id))
}

const cases = readCases()

test.each(cases)('$rule: nothing that is left out helps: $name', (each) => {
  const isStopped = !isAllowed(judgeAs(each, each.request))
  const stops = stopping(each, each.request)
  for (const path of pathsIn(each.request)) {
    const less = without(each.request, path)
    if (isStopped) expect(isAllowed(judgeAs(each, less)), `without ${path}`).toBe(false)
    const left = stopping(each, less)
    if (stops !== null && left !== null)
      expect([...left], `without ${path}`).toEqual(expect.arrayContaining([...stops]))
  }
})

test.each(byFamily(cases, ({ rule }) => rule))(
  '%s: neither do several facts left out at once help',
  (_, own) => {
    const stopped = own.filter((each) => !isAllowed(judgeAs(each, each.request)))
    if (stopped.length === 0) return // a family that only advises stops nobody
    const removals = fc.array(fc.nat(), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(fc.constantFrom(...stopped), removals, (each, picks) => {
        const less = picks.reduce((request, pick) => {
          const paths = pathsIn(request)
          const path = paths[pick % Math.max(paths.length, 1)]
          return path === undefined ? request : without(request, path)
        }, each.request)
        expect(isAllowed(judgeAs(each, less))).toBe(false)
      }),
      { numRuns: 60 },
    )
  },
)
