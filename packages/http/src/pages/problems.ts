import { problems } from '@writ/contract'
import { faultCodes, type FaultCode } from '@writ/domain'
import { html, type Html } from './html.ts'
import { inline } from './prose.ts'
import { code, pathTo, type View } from './view.ts'

/** The code that an address names; null when it names none. */
export function problemCodeOf(text: string): FaultCode | null {
  return faultCodes.find((known) => known === text) ?? null
}

/** Every problem that this service can answer with. */
export function problemsMain(view: View): Html {
  return html`<h1>Problems</h1>
    <table class="list">
      <caption class="hidden">
        Every problem that Writ can answer with
      </caption>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Problem</th>
          <th scope="col">What it means</th>
        </tr>
      </thead>
      <tbody>
        ${faultCodes.map(
          (problem) =>
            html`<tr>
              <td data-label="Status">${problems[problem].status}</td>
              <th scope="row">
                <a href="${view.href(pathTo('/problems', problem))}">${code(problem)}</a>
              </th>
              <td data-label="Means">${problems[problem].title}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

/** One problem: the page that its type points at. */
export function problemMain(view: View, problem: FaultCode): Html {
  const { status, title, remedy } = problems[problem]
  return html`<p class="crumbs"><a href="${view.href('/problems')}">Problems</a></p>
    <h1>${title}</h1>
    <p class="quiet">HTTP status ${status}, code ${code(problem)}</p>
    <section class="fix">
      <h2>What to do</h2>
      <p>${inline(remedy)}</p>
    </section>`
}
