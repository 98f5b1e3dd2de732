import { createHash } from 'node:crypto'
import type { OpenRoute } from '../route.ts'
import { icon, stylesheet } from './stylesheet.ts'

/** What pages load; the same for everybody. The digest is in the name, so that no page meets another version's stylesheet. */
export const stylesheetPath: string = pathOf('writ', 'css', stylesheet)
export const iconPath: string = pathOf('writ', 'svg', icon)

export function assetRoutes(): readonly OpenRoute[] {
  return [
    asset(stylesheetPath, 'text/css; charset=utf-8', stylesheet),
    asset(iconPath, 'image/svg+xml', icon),
  ]
}

function pathOf(name: string, ending: string, body: string): string {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 16)
  return `/assets/${name}.${digest}.${ending}`
}

function asset(path: string, type: string, body: string): OpenRoute {
  const headers = { 'cache-control': 'public, max-age=31536000, immutable' }
  return { path, answer: async () => ({ status: 200, type, body, headers }) }
}
