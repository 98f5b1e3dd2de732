import { accessIn, objectsIn } from '@writ/aws'
import { keptBundlesIn } from '@writ/lambda'

/** The bundle that decides now lies beside the function; each that ever decided is kept in the bucket. */
export function openKeptBundles(folder: string, bucket: string | null) {
  const packed = keptBundlesIn(folder)
  const kept = bucket === null ? null : objectsIn(accessIn('s3', process.env), bucket)
  return async (path: string): Promise<Uint8Array | null> =>
    (await packed(path)) ?? (await kept?.(path)) ?? null
}
