import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visible } from './html.ts'
import { prose } from './prose.ts'

const rendered = async (text: string): Promise<string> => String(await prose(text))

const cases: readonly [what: string, text: string, html: string][] = [
  ['a paragraph', 'Mend it.', '<p>Mend it.</p>'],
  ['two paragraphs', 'One.\n\nTwo.', '<p>One.</p><p>Two.</p>'],
  ['code in a line', 'Set `a: 1` here.', '<p>Set <code>a: 1</code> here.</p>'],
  ['markup', '<b>x</b>', '<p>&lt;b&gt;x&lt;/b&gt;</p>'],
  ['markup in code', '`<b>`', '<p><code>&lt;b&gt;</code></p>'],
  ['one backtick', 'a ` b', '<p>a ` b</p>'],
]

test.each(cases)('%s', async (_, text, html) => {
  expect(await rendered(text)).toBe(html)
})

test('lines that stand in from the margin are lines to write, in their own shape', async () => {
  const html = await rendered('Write:\n\n  a: {\n    b: 1\n  }\n\nThen ask.')
  expect(html).toBe(
    '<p>Write:</p><pre class="lines"><code>a: {\n  b: 1\n}</code></pre><p>Then ask.</p>',
  )
})

test('lines between fences keep their spaces, and are escaped', async () => {
  const html = await rendered('Write:\n\n```yaml\nspec:\n  a: "<b>"\n```\n\nThen ask again.')
  expect(html).toContain('spec:\n  a: &quot;&lt;b&gt;&quot;</code></pre>')
  expect(html).toContain('<p>Write:</p>')
  expect(html).toContain('<p>Then ask again.</p>')
})

test('no text makes markup of its own', async () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '`',
    '```',
    '\n',
    '\n\n',
    '  ',
    'a',
    '\u202e',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
      const tags = (await rendered(pieces.join(''))).match(/<[^>]*>?/g) ?? []
      const known = /^<\/?(p|code|pre)(\s+class="lines"\s*)?>$/
      expect(tags.filter((tag) => !known.test(tag))).toEqual([])
    }),
  )
})

test('what cannot be seen is shown by its code point; line breaks and tabs stay', () => {
  expect(visible('a\u0000b\u202ec\u200bd\ufeff\ne\tf')).toBe(
    'a⟨U+0000⟩b⟨U+202E⟩c⟨U+200B⟩d⟨U+FEFF⟩\ne\tf',
  )
})
