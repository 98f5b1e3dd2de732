import type { AppParts } from '../parts.ts'
import { jsonReply, type OpenRoute } from '../route.ts'

/** 200 once decisions can be made; until then the problem that says what is missing. */
export function healthRoute({ engine, checkReady }: AppParts): OpenRoute {
  return {
    path: '/healthz',
    answer: async () => {
      const { revision, digest } = engine.active().name
      await checkReady()
      return jsonReply(200, { status: 'ready', bundle: { revision, digest } })
    },
  }
}
