export { createEngine } from './active.ts'
export { loadBundle } from './bundle.ts'
