import type { WireFinding } from '@writ/contract'
import type { Report } from './report.ts'
import { isTold } from './words.ts'

/** A finding that is told, with its place: the file is null where it is about the change set as a whole. */
export type Told = {
  readonly file: string | null
  readonly line: number | null
  readonly finding: WireFinding
}

/** Every finding that is told, file by file as the report has them; those about the whole come last. */
export function toldFindings({ files, general }: Report): readonly Told[] {
  const all = [
    ...files.flatMap(({ file, findings }) =>
      findings.map((finding) => ({ file, line: finding.line, finding })),
    ),
    ...general.map((finding) => ({ file: null, line: null, finding })),
  ]
  return all.filter(({ finding }) => isTold(finding))
}
