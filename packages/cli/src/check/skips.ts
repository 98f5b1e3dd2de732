import { counted } from '../output/plain.ts'
import type { Report } from './report.ts'

const shownSkips = 20
const shownNames = 3

/** Files that one hint is for in a line, whichever of their documents it is for: of a folder of templates one wants to know once what to run. */
export function skipLines({ skipped }: Report): readonly string[] {
  const byHint = [...Map.groupBy(skipped, ({ hint }) => hint.replace(/^document \d+: /, ''))]
  const lines = byHint.slice(0, shownSkips).map(([hint, files]) => {
    const all = namesOf(files)
    const names = all.slice(0, shownNames)
    const more = all.length - names.length
    return `${names.join(', ')}${more > 0 ? ` and ${counted(more, 'more', 'more')}` : ''}: ${hint}`
  })
  const rest = byHint.length - lines.length
  if (rest <= 0) return lines
  return [...lines, `… and others, for ${counted(rest, 'more reason')}: --format json names them`]
}

/** A file that is skipped in part stands with its documents. */
function namesOf(skipped: Report['skipped']): readonly string[] {
  return [...Map.groupBy(skipped, ({ file }) => file)].map(([file, here]) => {
    const numbers = here.flatMap(({ hint }) => /^document (\d+): /.exec(hint)?.[1] ?? [])
    if (numbers.length === 0) return file
    return `${file} (${numbers.length === 1 ? 'document' : 'documents'} ${numbers.join(', ')})`
  })
}
