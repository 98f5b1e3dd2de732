import { onStage } from '../compile.ts'
import { ensureOpa } from '../opa/ensure-opa.ts'
import { runOpa } from '../opa/run-opa.ts'
import { testsBy, type PackTests } from '../test-pack.ts'
import type { Surroundings } from '../surroundings.ts'
import { gather, modernGathered, type NamedPath } from './gather.ts'
import { placed } from './placed.ts'

export type RegoTests = Surroundings & {
  readonly paths: readonly NamedPath[]
  readonly regoVersion: 0 | 1
}

export type TestRequest = Surroundings & { readonly policies: string }

/** Runs the `_test.rego` files of a pack in OPA. Throws the Fault `bundle-invalid` when they cannot be run at all. */
export async function testPack({ policies, ...around }: TestRequest): Promise<PackTests> {
  return testRego({ ...around, paths: [{ named: '', file: policies }], regoVersion: 1 })
}

/** Runs the tests of any Rego in OPA, beside its data. Throws the Fault `bundle-invalid` when they cannot be run at all. */
export async function testRego(request: RegoTests): Promise<PackTests> {
  const { paths, regoVersion, cacheDir } = request
  const read = await gather(paths)
  const opa = await ensureOpa(request)
  const gathered = regoVersion === 0 ? read : await modernGathered(read, { opa, cacheDir })
  const { files, tests, roots, nameOf } = gathered
  const version = regoVersion === 0 ? ['--v0-compatible'] : []
  const found = await onStage({ opa, cacheDir }, [...files, ...tests], ({ folder }) =>
    testsBy({
      what: paths.map(({ named, file }) => named || file).join(', '),
      run: (...args) =>
        runOpa(['test', ...args, ...version, ...roots], {
          opa,
          folders: { '/': folder },
          cwd: '/',
        }),
      placed: (issues) => placed(issues, gathered),
    }),
  )
  const coverage = found.coverage.map((file) => ({ ...file, path: nameOf(file.path) }))
  return { ...found, coverage }
}
