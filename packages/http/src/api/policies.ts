import { wirePoliciesOf } from '@writ/contract'
import type { AppParts } from '../parts.ts'
import { jsonReply, type Route } from '../route.ts'

export function policyRoutes({ engine, now }: AppParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/policies',
      answer: async () => jsonReply(200, wirePoliciesOf(engine.active(), now().toISOString())),
    },
  ]
}
