import { appendFileSync } from 'node:fs'
import type { Desk } from '../desk.ts'
import { createPaint } from '../output/paint.ts'
import { conftestTable } from './conftest-table.ts'
import type { Format } from './format-names.ts'
import { fitted } from '../output/wrap.ts'
import { githubText, stepSummary } from './github.ts'
import { jsonText } from './json.ts'
import { junitText } from './junit.ts'
import type { Report } from './report.ts'
import { sarifText } from './sarif.ts'
import { reportText } from './text.ts'

/** Formats that a program reads: they come out whole where nothing could be judged, too. */
const forPrograms: readonly Format[] = ['json', 'sarif', 'junit']

/** Formats that are read where the command runs: a path in them can be opened there. */
const forPeople: readonly Format[] = ['text', 'table']

export function isForPeople(format: Format): boolean {
  return forPeople.includes(format)
}

export function isForPrograms(format: Format): boolean {
  return forPrograms.includes(format)
}

type Wanted = { readonly format: Format; readonly color: boolean }

/** Prints a report in the form that was asked for. */
export function print(report: Report, { format, color }: Wanted, desk: Desk): void {
  switch (format) {
    case 'text':
      return desk.out(fitted(reportText(report, createPaint(desk, color)), desk))
    case 'json':
      return printFile(jsonText(report), report, desk)
    case 'sarif':
      return printFile(sarifText(report), report, desk)
    case 'junit':
      return printFile(junitText(report), report, desk)
    case 'table':
      return printFile(conftestTable(report), report, desk)
    case 'github':
      desk.out(githubText(report))
      return summarize(report, desk)
  }
}

/** Where the output is a file for others, people are told of the record beside it. */
function printFile(text: string, { decisions }: Report, desk: Desk): void {
  desk.out(text)
  for (const address of decisions) desk.err(`Recorded: ${address}\n`)
}

function summarize(report: Report, { env, err }: Desk): void {
  const file = env['GITHUB_STEP_SUMMARY'] ?? ''
  if (file === '') return
  try {
    appendFileSync(file, stepSummary(report))
  } catch {
    err(`writ: the step summary could not be written to ${file}\n`)
  }
}
