import type { Reply } from '../route.ts'
import { iconPath, stylesheetPath } from './assets.ts'
import { html, type Html, type Part } from './html.ts'
import { addressOf, type View } from './view.ts'

type Place = 'decisions' | 'services' | 'policies' | 'waivers' | 'readings' | null

export type Page = {
  readonly title: string
  readonly place: Place
  /** Null on a page of no tenant: that something went wrong. */
  readonly view: View | null
  readonly main: Part
  readonly status?: number
}

const places: readonly (readonly [Exclude<Place, null>, string, string])[] = [
  ['decisions', '/', 'Decisions'],
  ['services', '/services', 'Services'],
  ['policies', '/policies', 'Policies'],
  ['waivers', '/waivers', 'Waivers'],
  ['readings', '/readings', 'Readings'],
]

/** A whole page: one heading of the first level lies in `main`; what is around it is the same everywhere. */
export async function pageReply(page: Page): Promise<Reply> {
  const body = await document(page)
  return { status: page.status ?? 200, type: 'text/html; charset=utf-8', body: String(body) }
}

function document({ title, place, view, main }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Writ</title>
        <link rel="stylesheet" href="${stylesheetPath}" />
        <link rel="icon" href="${iconPath}" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="brand" href="${view === null ? '/' : view.href('/')}">Writ</a>
          <nav aria-label="Pages">
            <ul>
              ${places.map(
                ([name, path, label]) =>
                  html`<li>
                    <a
                      href="${view === null ? path : view.href(path)}"
                      ${name === place && html` aria-current="page"`}
                      >${label}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>
          ${view !== null && view.tenants.length > 1 && tenantSwitch(view)}
        </header>
        <main id="main">${main}</main>
      </body>
    </html>`
}

function tenantSwitch({ tenant, tenants }: View): Html {
  return html`<nav class="tenants" aria-label="Tenant">
    <span aria-hidden="true">Tenant</span>
    <ul>
      ${tenants.map((name) => {
        const address = addressOf('/', { tenant: name === tenants[0] ? null : name })
        return html`<li>
          <a href="${address}" ${name === tenant && html` aria-current="true"`}
            ><bdi>${name}</bdi></a
          >
        </li>`
      })}
    </ul>
  </nav>`
}
