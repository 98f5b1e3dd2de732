export { appOf } from './app.ts'
export { readSettings } from './settings.ts'
export { declare } from './stack.ts'
export { readStage } from './stage.ts'
