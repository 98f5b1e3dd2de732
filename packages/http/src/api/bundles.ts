import { Fault } from '@writ/domain'
import type { AppParts } from '../parts.ts'
import type { Route } from '../route.ts'

/** `<digest>/<file>`, `data/<digest>.json` or `opa-builtins/<digest>.wasm`: what else lies on the disk has no such name. */
const keptPath =
  /^(?:[0-9a-f]{64}\/[a-z0-9_-]+(?:\.[a-z0-9]+)+|(?:data|opa-builtins)\/[0-9a-f]{64}\.(?:json|wasm))$/

/** The policies that decided, file by file as they are kept, so that anybody can decide the same again. */
export function bundleRoutes({ readKeptBundle }: AppParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/bundles/:path{.+}',
      answer: async ({ param }) => {
        const path = param('path')
        const isKept = readKeptBundle !== null && keptPath.test(path)
        const body = isKept ? await readKeptBundle(path) : null
        if (body === null)
          throw new Fault('bundle-unknown', 'No such file of a bundle is kept here', {
            facts: { path: path.slice(0, 200) },
          })
        return {
          status: 200,
          type: 'application/octet-stream',
          body,
          headers: { 'cache-control': 'private, max-age=31536000, immutable' },
        }
      },
    },
  ]
}
