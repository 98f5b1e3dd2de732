export { createApp } from './app.ts'
export { maxBodyBytes } from './body.ts'
export { loopbackHosts } from './fences.ts'
export type { AppParts, FaultEvent } from './parts.ts'
