import type { OpenRoute } from '../route.ts'
import { icon, stylesheet } from './stylesheet.ts'

/** What pages load; the same for everybody. Kept for minutes only, so that a new version is not met by an old stylesheet for long. */
export function assetRoutes(): readonly OpenRoute[] {
  return [
    asset('/assets/writ.css', 'text/css; charset=utf-8', stylesheet),
    asset('/assets/writ.svg', 'image/svg+xml', icon),
  ]
}

function asset(path: string, type: string, body: string): OpenRoute {
  const headers = { 'cache-control': 'public, max-age=300' }
  return { path, answer: async () => ({ status: 200, type, body, headers }) }
}
