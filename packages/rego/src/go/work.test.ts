import { expect, test } from 'vitest'
import { maxWork, workOf } from './work.ts'

/** A graph whose every node leads to all later ones: twice as many paths with each more. */
function ladder(nodes: number): string {
  const names = Array.from({ length: nodes }, (_, index) => `"${index}"`)
  const members = names.map((name, index) => `${name}: [${names.slice(index + 1).join(',')}]`)
  return `{${members.join(',')}}`
}

test.each([
  ['net.cidr_expand', ['"10.0.0.0/30"'], 4],
  ['sprintf', ['"%12d"', '[1]'], 12],
  ['graph.reachable_paths', ['{"a": ["b"], "b": []}', '["a"]'], 3],
  ['graph.reachable_paths', ['{"a": ["a"]}', '{"a"}'], 3],
  ['count', ['[1,2]'], 0],
])('%s%j makes so much: %d', (name, operands, work) => {
  expect(workOf(name, operands)).toBe(work)
})

test.each([
  ['net.cidr_expand', ['"::/0"']],
  ['numbers.range_step', ['0', '1000000000', '1']],
  ['graph.reachable_paths', [ladder(25), '["0"]']],
  ['strings.render_template', ['"{{range 1000000000}}x{{end}}"', '{}']],
  [
    'strings.render_template',
    [
      '"{{range .a}}{{range $.a}}{{range $.a}}{{range $.a}}x{{end}}{{end}}{{end}}{{end}}"',
      `{"a": [${'1,'.repeat(60)}1]}`,
    ],
  ],
  [
    'strings.render_template',
    ['"{{define \\"a\\"}}{{template \\"a\\"}}{{end}}{{template \\"a\\"}}"', '{}'],
  ],
  ['strings.render_template', ['"{{printf \\"%9000000d\\" 1}}"', '{}']],
])('%s%j would make more than anybody may ask for', (name, operands) => {
  expect(workOf(name, operands)).toBeGreaterThan(maxWork)
})

test('an ordinary template is far from it', () => {
  const operands = ['"{{range .names}}{{.}}, {{end}}"', '{"names": ["ada", "eve", "bob"]}']
  expect(workOf('strings.render_template', operands)).toBeLessThan(maxWork / 100)
})
