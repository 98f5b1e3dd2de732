import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Resource } from './mocks.ts'
import { root, statementsOf, type synthesized } from './synthesized.ts'

/** How the bundles are kept that have decided. */
export function testBundles(declared: () => ReturnType<typeof synthesized>): void {
  const of = (type: string): readonly Resource[] =>
    declared().resources.filter((each) => each.type === type)

  test('every file of the bundle that decides is kept, in a bucket that only who reads may read, and nobody from outside', () => {
    const folder = join(root, 'dist/functions/read/bundles')
    const packed = globSync('**/*.{json,wasm}', { cwd: folder }).toSorted()
    const kept = of('aws:s3/bucketObjectv2:BucketObjectv2').filter(({ name }) =>
      name.startsWith('BundleFile'),
    )
    expect(packed.length).toBeGreaterThan(5)
    expect(kept.map(({ inputs }) => String(inputs['key'])).toSorted()).toEqual(packed)
    const { resources, retained, waiting } = declared()
    expect(retained).toEqual(expect.arrayContaining(kept.map(({ name }) => name)))
    expect(waiting['DecideFunction']).toBe(packed.length)
    const reading = statementsOf(resources).filter(({ actions }) =>
      actions.some((action) => action.startsWith('s3:')),
    )
    const bucket = /^arn:aws:s3:::writ-(dev|production)-bundlesbucket-[a-z]+$/
    expect(reading.map(({ on, actions, resources: arns }) => [on, actions, arns])).toEqual([
      ['ReadRole', ['s3:GetObject'], [expect.stringMatching(new RegExp(`${bucket.source.slice(0, -1)}/\\*$`))]],
      ['ReadRole', ['s3:ListBucket'], [expect.stringMatching(bucket)]],
    ]) // prettier-ignore
    expect(of('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').map(({ inputs }) => inputs)).toEqual([
      expect.objectContaining({ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true }),
    ]) // prettier-ignore
  })
}
