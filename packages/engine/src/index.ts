export { createEngine } from './active.ts'
export { loadBundle } from './bundle.ts'
export { openPackedBundle, packBundle } from './packed.ts'
