export { bundleFilesIn, keptBundlesIn } from './bundle-files.ts'
export { createIamCallers } from './caller.ts'
export type { EdgeParts, Handler } from './edge.ts'
export { createHttpHandler } from './http-handler.ts'
export type { HttpResult } from './http-result.ts'
export { invocationId } from './invocation.ts'
export { createLog } from './log.ts'
export type { Log, Write } from './log.ts'
export { createMetrics } from './metrics.ts'
export type { Metrics } from './metrics.ts'
export { usePlainWeb } from './plain-web.ts'
export {
  aList,
  aPublicKey,
  aSecret,
  aSigningKey,
  aText,
  isKeptWarm,
  optional,
  readSettings,
} from './settings.ts'
export type { Setting, Settings } from './settings.ts'
export { createWorkHandler } from './work-handler.ts'
export type { WorkResult } from './work-handler.ts'
