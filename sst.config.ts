/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app(input) {
    const { appOf, readSettings, readStage } = await import('./packages/infra/src/index.ts')
    return appOf(readStage(input.stage), readSettings(process.env))
  },
  async run() {
    const { declare, readSettings, readStage } = await import('./packages/infra/src/index.ts')
    return declare(readStage($app.stage), readSettings(process.env))
  },
})
