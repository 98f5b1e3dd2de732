import { decidingRoutes, grantingRoutes } from '@writ/http'
import { expect, test } from 'vitest'
import { routes } from '../../packages/infra/src/routes.ts'

const never = async (): Promise<never> => {
  throw new Error('nobody asks')
}

test.each([
  ['decide', decidingRoutes({ decide: never, recordOutcome: never, awaitProof: never })],
  ['admin', grantingRoutes({ grantWaiver: never, revokeWaiver: never, erase: never })],
])('%s answers what the gateway sends it, and nothing else', (name, answered) => {
  const sent = routes.filter(([, to]) => to === name).map(([route]) => route)
  const asOfTheGateway = answered.map(
    ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  )
  expect(asOfTheGateway.toSorted()).toEqual(sent.toSorted())
})
