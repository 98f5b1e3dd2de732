import { readJson, readNoQuery, readPurpose } from '@writ/contract'
import { Fault, faultOf } from '@writ/domain'
import { Hono, type Context } from 'hono'
import { bundleRoutes } from './api/bundles.ts'
import { decisionRoutes } from './api/decisions.ts'
import { healthRoute } from './api/health.ts'
import { logRoutes } from './api/log.ts'
import { outcomeRoute } from './api/outcomes.ts'
import { policyRoutes } from './api/policies.ts'
import { readingRoutes } from './api/readings.ts'
import { recordRoutes } from './api/records.ts'
import { scorecardRoutes } from './api/scorecards.ts'
import { waiverRoutes } from './api/waivers.ts'
import { readBody } from './body.ts'
import { refuseForeignHost, refuseForeignOrigin } from './fences.ts'
import { faultReply } from './fault-reply.ts'
import type { AppParts, Fence } from './parts.ts'
import type { OpenRoute, Reply, Route } from './route.ts'
import { sent } from './sent.ts'

type Answer = () => Promise<Reply>

/** Every door of Writ as one app. */
export function createApp(parts: AppParts): Hono {
  if (parts.cursorKey.byteLength < 32)
    throw new Fault('internal', 'The key that signs cursors has fewer than 32 bytes')
  return createDoors(parts, routesOf(parts), openRoutesOf(parts))
}

/**
 * These doors as an app, and no other: fences first, then the route; whatever is thrown leaves as a problem. What a process does
 * not answer need not be in its code.
 */
export function createDoors(
  fence: Fence,
  routes: readonly Route[],
  openRoutes: readonly OpenRoute[] = [],
): Hono {
  const app = new Hono()
  for (const route of routes)
    app.on(route.method, route.path, (c) => guarded(fence, c, () => answered(fence, route, c)))
  for (const route of openRoutes)
    app.get(route.path, (c) => guarded(fence, c, () => openAnswer(route, c)))
  for (const [path, methods] of methodsByPath(routes, openRoutes))
    app.all(path, (c) => guarded(fence, c, async () => otherMethod(c.req.method, methods)))
  app.notFound((c) => guarded(fence, c, async () => unknownRoute(c.req.path)))
  return app
}

/** Every route that asks who calls. */
function routesOf(parts: AppParts): readonly Route[] {
  return [
    ...decisionRoutes(parts),
    ...recordRoutes(parts),
    ...readingRoutes(parts),
    ...logRoutes(parts),
    outcomeRoute(parts),
    ...policyRoutes(parts),
    ...bundleRoutes(parts),
    ...scorecardRoutes(parts),
    ...waiverRoutes(parts),
    ...(parts.pages?.routes(parts) ?? []),
  ]
}

function openRoutesOf(parts: AppParts): readonly OpenRoute[] {
  return [healthRoute(parts), ...(parts.pages?.openRoutes() ?? [])]
}

/** The fences around every answer, also around that nothing is here. */
async function guarded(fence: Fence, c: Context, answer: Answer): Promise<Response> {
  const requestId = requestIdOf(c.req.header('x-request-id'), fence)
  try {
    refuseForeignHost(c.req.header('host') ?? null, fence.isOurHost)
    return sent(requestId, await answer())
  } catch (thrown) {
    const fault = faultOf(thrown)
    const reply = await faultReply(fault, requestId, isPage(c) ? fence.pages : null)
    if (reply.status >= 500) {
      const { method, path } = c.req
      fence.log({ requestId, method, path, status: reply.status, fault })
    }
    return sent(requestId, reply)
  }
}

async function answered(fence: Fence, route: Route, c: Context): Promise<Reply> {
  const header = (name: string): string | null => c.req.header(name) ?? null
  if (route.method === 'POST')
    refuseForeignOrigin(
      { origin: header('origin'), fetchSite: header('sec-fetch-site') },
      fence.isOurHost,
    )
  const caller = await fence.authenticate(c.req.raw)
  const query = queryOf(c.req.url)
  if (route.takesQuery !== true) readNoQuery(query)
  return route.answer({
    caller,
    reader: { ...caller, purpose: purposeOf(c.req.url), within: header('writ-reading') },
    query,
    header,
    origin: `${new URL(c.req.url).protocol}//${header('host') ?? 'localhost'}`,
    param: (name) => c.req.param(name) ?? '',
    json: async () => readJson(await readBody(c.req.raw)),
  })
}

async function openAnswer(route: OpenRoute, c: Context): Promise<Reply> {
  readNoQuery(queryOf(c.req.url))
  return route.answer()
}

/** People get a page, also where something is wrong; programs, and whoever asks the API, get a problem. */
function isPage({ req }: Context): boolean {
  const isApi = /^\/(v1|log|healthz|assets)(\/|$)/.test(req.path)
  return !isApi && (req.header('accept') ?? '').includes('text/html')
}

/**
 * The tenant says who is meant, so it is the business of who authenticates, and the purpose of what records the reading: a
 * route never sees them.
 */
function queryOf(url: string): readonly (readonly [string, string])[] {
  return [...new URL(url).searchParams].filter(([name]) => name !== 'tenant' && name !== 'purpose')
}

function purposeOf(url: string): string | null {
  return url.includes('purpose=') ? readPurpose(new URL(url).searchParams) : null
}

function methodsByPath(
  routes: readonly Route[],
  openRoutes: readonly OpenRoute[],
): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, readonly string[]>()
  const all = [...routes, ...openRoutes.map((route) => ({ ...route, method: 'GET' }))]
  for (const { path, method } of all)
    methods.set(path, [
      ...(methods.get(path) ?? []),
      ...(method === 'GET' ? ['GET', 'HEAD'] : [method]),
    ])
  return methods
}

/** OPTIONS tells the methods, and nothing that would let a page of another origin in. */
function otherMethod(method: string, methods: readonly string[]): Reply {
  const allow = [...methods, 'OPTIONS'].join(', ')
  if (method === 'OPTIONS') return { status: 204, type: '', body: '', headers: { allow } }
  throw new Fault('method-not-allowed', `This address takes ${allow}`, { facts: { allow } })
}

function unknownRoute(path: string): never {
  throw new Fault('route-unknown', 'See GET /v1/policies, or the page at /', {
    facts: { path: path.slice(0, 500) },
  })
}

function requestIdOf(given: string | undefined, { newRequestId }: Fence): string {
  return given !== undefined && /^[A-Za-z0-9._:/+=-]{1,128}$/.test(given) ? given : newRequestId()
}
