export { masked, maskSecrets } from './mask.ts'
