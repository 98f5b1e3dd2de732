import { html as escaped } from 'hono/html'

/** Markup that is safe to put into a page as it is. */
export type Html = ReturnType<typeof escaped>

/** What a template may hold: markup, text that is not trusted, a list of either, or nothing. */
export type Part = Html | string | number | null | false | readonly Part[]

/** Markup with every text in it escaped, and with characters that cannot be seen, or that turn the line around, made visible. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return escaped(strings, ...parts.map(shown))
}

function shown(part: Part): unknown {
  if (typeof part === 'string') return visible(part)
  return isList(part) ? part.map(shown) : (part ?? '')
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part)
}

/** Line breaks and tabs stay. What could make one text look like another is written as its code point. */
export function visible(text: string): string {
  return text.replace(
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (found) => `⟨U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}
