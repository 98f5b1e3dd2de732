import { readFileSync } from 'node:fs'

/** What Go's sumdb/tlog and sumdb/note make of the leaves `leaf 0`, `leaf 1`, …, as `tools/tessera` prints it. */
export type Vectors = {
  readonly roots: Readonly<Record<string, string>>
  readonly inclusions: readonly {
    readonly size: number
    readonly index: number
    readonly proof: readonly string[]
  }[]
  readonly consistencies: readonly {
    readonly size: number
    readonly earlier: number
    readonly proof: readonly string[]
  }[]
  readonly paths: Readonly<Record<string, readonly [number, number, number]>>
  readonly notes: readonly {
    readonly vkey: string
    readonly skey: string
    readonly text: string
    readonly note: string
  }[]
}

export const vectorsFile = new URL('../golden/ledger/vectors.json', import.meta.url)

export function readVectors(): Vectors {
  return JSON.parse(readFileSync(vectorsFile, 'utf8')) as Vectors
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function leaf(index: number): Uint8Array {
  return bytes(`leaf ${index}`)
}
