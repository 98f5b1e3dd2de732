import { opaVersion } from '@writ/compiler'
import { exceptions } from './exceptions.ts'
import type { Area, Conformance } from './run.ts'

export const pagePath = 'docs/reference/conformance.md'

export function totalLine({ areas }: Conformance): string {
  const all = [...areas.values()]
  const sum = (count: (area: Area) => number): number =>
    all.reduce((total, area) => total + count(area), 0)
  const [passed, run, excluded] = [
    sum((area) => area.passed),
    sum((area) => area.run),
    sum((area) => area.excluded),
  ]
  return `conformance: ${passed}/${run} passed (${((100 * passed) / run).toFixed(2)} %), ${excluded} excluded`
}

/** `docs/reference/conformance.md`, whole. */
export function pageOf(conformance: Conformance): string {
  const reasons = Map.groupBy(exceptions, ([, reason]) => reason)
  const excluded = [...reasons].map(
    ([reason, notes]) => `- ${reason}:\n${notes.map(([note]) => `  \`${note}\``).join(',\n')}`,
  )
  const areas = [...conformance.areas].map(
    ([name, { passed, run, excluded: left }]) => `| ${name} | ${passed} | ${run} | ${left} |`,
  )
  return [
    '# Conformance with OPA',
    `OPA ${opaVersion} brings its own test cases for evaluators. \`npm run conformance\` compiles all of them to WebAssembly, as \`opa build\` does, and runs them through the host in \`packages/rego\` with OPA's own builtins behind it. Answers are compared by value: a set is no list, no digit of a number is rounded.`,
    `\`\`\`\n${totalLine(conformance)}\n\`\`\``,
    "`npm run conformance -- --host npm` asks OPA's JavaScript SDK the same. `--every 20` takes every twentieth case.",
    "Where a case wants an error that only `strict-builtin-errors` shows, a strict evaluation must end in one. A builtin that `opa build` compiles into the module cannot tell it; there the answer must be empty, as OPA's own WebAssembly tests want it.",
    '## Excluded, and why',
    excluded.join('\n'),
    '## By area',
    ['| area | passed | run | excluded |', '| --- | --- | --- | --- |', ...areas].join('\n'),
    '',
  ].join('\n\n')
}
