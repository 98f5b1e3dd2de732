import type { Pages } from '../parts.ts'
import { assetRoutes } from './assets.ts'
import { faultMain } from './fault.ts'
import { pageReply } from './layout.ts'
import { pageRoutes } from './routes.ts'

/** What people look at. */
export const pages: Pages = {
  routes: pageRoutes,
  openRoutes: assetRoutes,
  faultReply: (problem, requestId) => {
    const { title, status } = problem
    return pageReply({
      title,
      place: null,
      view: null,
      main: faultMain(problem, requestId),
      status,
    })
  },
}
