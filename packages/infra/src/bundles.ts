import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { digestOf } from '@writ/ledger'

export type Bundles = {
  readonly bucket: sst.aws.Bucket
  readonly files: readonly aws.s3.BucketObjectv2[]
}

/**
 * Every policy bundle that ever decided here, file by file under names that are digests: a deployment adds its own before it decides by
 * it, and takes none away, so that what was decided can be decided again.
 */
export function makeBundles(): Bundles {
  const bucket = new sst.aws.Bucket('Bundles', { cors: false })
  const folder = join($cli.paths.root, 'dist/functions/read/bundles')
  const files = pathsIn(folder).map(
    (key) =>
      new aws.s3.BucketObjectv2(
        `BundleFile${digestOf(Buffer.from(key)).slice('sha256:'.length, 23)}`,
        { bucket: bucket.name, key, source: new $util.asset.FileAsset(join(folder, key)) },
        { retainOnDelete: true },
      ),
  )
  return { bucket, files }
}

/** What whoever gives bundles away may do. Without leave to list, S3 does not say that there is no such object. */
export function bundlePermissions({ bucket }: Bundles): readonly sst.aws.FunctionPermissionArgs[] {
  return [
    { actions: ['s3:GetObject'], resources: [$interpolate`${bucket.arn}/*`] },
    { actions: ['s3:ListBucket'], resources: [bucket.arn] },
  ]
}

function pathsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .toSorted()
}
