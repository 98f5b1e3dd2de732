import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { exceptions } from './exceptions.ts'
import { fault } from './judge.ts'
import { pageOf, pagePath } from './page.ts'
import { runConformance } from './run.ts'

test('every case of OPA’s own is answered as OPA answers it, but for the exceptions that are named; the page says so', async () => {
  const conformance = await runConformance({ host: 'ours', every: 1 })
  expect(conformance.faults).toEqual([])
  expect([...conformance.excluded].sort()).toEqual([...exceptions.keys()].sort())
  const path = join(import.meta.dirname, '..', '..', pagePath)
  const options = await resolveConfig(path)
  const page = await format(pageOf(conformance), { ...options, filepath: path })
  expect(readFileSync(path, 'utf8')).toBe(page)
}, 600_000)

const wanted = {
  area: 'v1/x',
  note: 'v1/x/y',
  wasm: '',
  refused: '',
  data: '{}',
  input: null,
  defined: null,
  result: null,
  error: null,
  sorted: false,
  strict: false,
}
const answered = { results: '[]', error: null, strict: null }

test.each([
  ['a set where a list is wanted', { ...wanted, result: '[{"x":[1,2]}]' }, { ...answered, results: '[{"x":[2,1]}]' }, /wanted/],
  ['a list in another order that stands for a set', { ...wanted, sorted: true, result: '[{"x":[1,2]}]' }, { ...answered, results: '[{"x":[2,1]}]' }, null],
  ['another spelling of a number', { ...wanted, result: '[{"x":5}]' }, { ...answered, results: '[{"x":5.0}]' }, null],
  ['a digit that is rounded', { ...wanted, result: '[{"x":12345678901234567890}]' }, { ...answered, results: '[{"x":12345678901234567891}]' }, /wanted/],
  ['an answer too many', { ...wanted, result: '[{"x":1}]' }, { ...answered, results: '[{"x":1},{"x":2}]' }, /wanted/],
  ['an answer where none is wanted', { ...wanted, defined: false }, { ...answered, results: '[{}]' }, /it is/],
  ['no error where one is wanted', { ...wanted, error: 'eval_conflict_error' }, answered, /it gave/],
  ['an error where a result is wanted', { ...wanted, result: '[]' }, { ...answered, results: null, error: 'it aborted' }, /it failed/],
  ['a module that does not load where an error is wanted', { ...wanted, error: 'eval_type_error' }, { ...answered, results: null, refused: 'it needs http.send' }, /does not load/],
  ['an error that strictness shows', { ...wanted, error: 'eval_builtin_error', strict: true }, { ...answered, results: '[{"x":1}]', strict: { error: 'x' } }, null],
  ['no error and an answer, where strictness should show one', { ...wanted, error: 'eval_builtin_error', strict: true }, { ...answered, results: '[{"x":1}]', strict: { error: null } }, /it gave/],
] as const)('the judge sees %s', (_, asked, given, told) => {
  if (told === null) expect(fault(asked, given)).toBeNull()
  else expect(fault(asked, given)).toMatch(told)
}) // prettier-ignore
