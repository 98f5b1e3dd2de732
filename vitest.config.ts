import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config'

/** Tests that compile policies. On a machine that cannot, `npm test` leaves them out and says so. */
const compiling = [
  'test/{cli,compiler,conformance,docs,engine,examples,local,pages,policies}/**',
  'packages/compiler/src/opa/run-opa.test.ts',
]
const cannotCompile = process.env['WRIT_TEST_WITHOUT_OPA'] === 'yes'

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(cannotCompile ? compiling : [])],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
})

export default config
