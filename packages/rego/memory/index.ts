export { place, read } from './read'
export { resultIn, write } from './write'
