import type { FunctionName } from './stage.ts'

type Door = Exclude<FunctionName, 'fold' | 'seal'>

/** Which function answers what. Whatever is not listed goes to `read`, which also says what is not there. */
export const routes: readonly (readonly [route: string, to: Door])[] = [
  ['POST /v1/decisions', 'decide'],
  ['POST /v1/outcomes', 'decide'],
  ['POST /v1/waivers', 'admin'],
  ['POST /v1/waivers/{id}/revoke', 'admin'],
  ['POST /v1/records/{id}/erase', 'admin'],
  ['$default', 'read'],
]
