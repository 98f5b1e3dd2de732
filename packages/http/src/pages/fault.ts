import type { Problem } from '@writ/contract'
import { html, type Html } from './html.ts'
import { code, facts } from './view.ts'

/** A problem as a page: what is wrong, each mistake, and the way out. */
export function faultMain(problem: Problem, requestId: string): Html {
  const issues = issuesIn(problem)
  return html`<h1>${problem.title}</h1>
    <p class="lead">${problem.detail}</p>
    ${
      issues.length > 0 &&
      html`<ul>
        ${issues.map(({ where, message }) => html`<li>${code(where)} ${message}</li>`)}
      </ul>`
    }
    <p>
      <a href="${problem.type}">What to do about it</a>, or <a href="/">back to the decisions</a>.
    </p>
    ${facts([
      ['Status', problem.status],
      ['Request id', code(requestId)],
    ])}`
}

function issuesIn(
  problem: Problem,
): readonly { readonly where: string; readonly message: string }[] {
  const { issues } = problem
  if (!Array.isArray(issues)) return []
  return issues.flatMap((issue: unknown) => {
    if (typeof issue !== 'object' || issue === null) return []
    const where = 'pointer' in issue ? String(issue.pointer) : ''
    return 'message' in issue
      ? [{ where: where.replace(/^\/query\//, ''), message: String(issue.message) }]
      : []
  })
}
