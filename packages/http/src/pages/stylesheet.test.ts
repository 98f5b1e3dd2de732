import { describe, expect, test } from 'vitest'
import { stylesheet } from './stylesheet.ts'

const [light = '', dark = ''] = [...stylesheet.matchAll(/:root \{([^}]*--ink[^}]*)\}/g)].map(
  ([, block = '']) => block,
)

function colourIn(block: string, name: string): readonly number[] {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6})`).exec(block)?.[1] ?? ''
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
}

/** Relative luminance and contrast as WCAG 2 defines them. */
function luminance(colour: readonly number[]): number {
  const [red = NaN, green = NaN, blue = NaN] = colour.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(left: readonly number[], right: readonly number[]): number {
  const [darker = 0, lighter = 0] = [luminance(left), luminance(right)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const pairs: readonly (readonly [text: string, ground: string])[] = [
  ...['ground', 'sheet', 'code', 'good-ground', 'bad-ground', 'warn-ground', 'odd-ground'].map(
    (ground) => ['ink', ground] as const,
  ),
  ...['ground', 'sheet', 'code', 'calm-ground'].map((ground) => ['soft', ground] as const),
  ...['ground', 'sheet', 'code'].map((ground) => ['accent', ground] as const),
  ...['good', 'bad', 'warn', 'odd', 'calm'].flatMap((name) => [
    [name, `${name}-ground`] as const,
    [name, 'sheet'] as const,
  ]),
  ['sheet', 'accent'],
]

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, block) => {
  test.each(pairs)('%s on %s can be read (WCAG AA)', (text, ground) => {
    expect(contrast(colourIn(block, text), colourIn(block, ground))).toBeGreaterThanOrEqual(4.5)
  })
})

test('nothing is loaded from elsewhere', () => {
  expect(stylesheet).not.toMatch(/url\(|@import|https?:/)
})
