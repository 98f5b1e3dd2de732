import { appendFileSync } from 'node:fs'
import type { Desk } from '../desk.ts'
import { createPaint } from '../output/paint.ts'
import { githubText, stepSummary } from './github.ts'
import { jsonText } from './json.ts'
import type { Report } from './report.ts'
import { reportText } from './text.ts'

export type Format = 'text' | 'json' | 'github'

type Wanted = { readonly format: Format; readonly color: boolean }

/** Prints a report in the form that was asked for. */
export function print(report: Report, { format, color }: Wanted, desk: Desk): void {
  switch (format) {
    case 'text':
      return desk.out(reportText(report, createPaint(desk, color)))
    case 'json':
      desk.out(jsonText(report))
      for (const address of report.decisions) desk.err(`Recorded: ${address}\n`)
      return
    case 'github':
      desk.out(githubText(report))
      return summarize(report, desk)
  }
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
