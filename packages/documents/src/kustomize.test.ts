import { describe, expect, test } from 'vitest'
import { kustomizePatches } from './index.ts'

function patches(text: string, path = 'overlays/prod/kustomization.yaml'): readonly string[] {
  return kustomizePatches({ path, bytes: new TextEncoder().encode(text) })
}

describe('the patches that a kustomization names', () => {
  const cases: readonly [string, string, readonly string[]][] = [
    ['by path', 'patches:\n- path: a.yaml\n  target: {kind: Pod}\n- patch: "- op: x"\n', ['overlays/prod/a.yaml']],
    ['in the older words', 'patchesStrategicMerge: [a.yaml, "kind: Pod\\nx: y"]\npatchesJson6902: [{path: b.json}]\n', ['overlays/prod/b.json', 'overlays/prod/a.yaml']],
    ['in other folders', 'patches: [{path: ../../base/./a.yaml}, {path: ../../../a.yaml}]\n', ['base/a.yaml', '../a.yaml']],
    ['once', 'patches: [{path: a.yaml}, {path: ./a.yaml}]\n', ['overlays/prod/a.yaml']],
    ['unless it is a resource', 'resources: [a.yaml]\npatches: [{path: a.yaml}]\n', []],
    ['none', 'resources: [a.yaml]\n', []],
    ['of no shape', 'patches: {path: a.yaml}\npatchesStrategicMerge: [1, {}]\n', []],
    ['broken', 'patches: [', []],
  ] // prettier-ignore
  test.each(cases)('%s', (_, text, expected) => expect(patches(text)).toEqual(expected))

  test('beside a file without a folder, or below the root', () => {
    expect(patches('patches: [{path: a.yaml}]', 'kustomization.yml')).toEqual(['a.yaml'])
    expect(patches('patches: [{path: ../a.yaml}]', '/x/Kustomization')).toEqual(['/a.yaml'])
  })

  test('no other file names any', () => {
    expect(patches('patches: [{path: a.yaml}]', 'values.yaml')).toEqual([])
    expect(kustomizePatches({ path: 'kustomization.yaml', bytes: Uint8Array.of(0) })).toEqual([])
  })
})
