import { expect, test } from 'vitest'
import { mistakesOf } from './opa-errors.ts'

const said = (stdout: string, stderr: string = '') =>
  mistakesOf({ code: 1, stdout, stderr }, 'opa check')

const errorOf = (message: string, more: object = {}): string =>
  JSON.stringify({
    errors: [
      {
        message,
        code: 'rego_type_error',
        location: { file: 'deploy/a.rego', row: 3, col: 7 },
        ...more,
      },
    ],
  })

const cases: readonly [string, string, string, string][] = [
  [
    'a misspelt input path, with what the schema knows',
    errorOf('undefined ref: input.context.enviroment', {
      details: { oneOf: ['environment', 'change'] },
    }),
    'deploy/a.rego:3:7',
    'input.context.enviroment is not in the schema: it knows environment, change there',
  ],
  [
    'a builtin outside the capabilities',
    errorOf('undefined function time.now_ns'),
    'deploy/a.rego:3:7',
    'there is no function time.now_ns: misspelt, or a builtin that capabilities.json does not list',
  ],
  [
    'a mistake in the code that gathers a rule is told at the rule',
    errorOf('match error').replace('deploy/a.rego', 'writ/rule/deploy/a.rego'),
    'deploy/a.rego:3:7',
    'match error',
  ],
  [
    'an error in words',
    'error: 1 error occurred: lib/b.rego:7: rego_parse_error: unexpected else keyword\n\telse := 0\n\t^',
    'lib/b.rego:7:1',
    'is not Rego: unexpected else keyword',
  ],
]

test.each(cases)('%s', (_, text, pointer, message) => {
  expect(said(text)).toEqual([{ pointer, message }])
  expect(said('', text)).toEqual([{ pointer, message }])
})

test('what is not understood is told as it was said, never dropped', () => {
  expect(said('', 'out of memory')).toEqual([
    { pointer: '', message: 'opa check failed: out of memory' },
  ])
})
