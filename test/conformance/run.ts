import { readFile } from 'node:fs/promises'
import { ensureGoBuiltins } from '@writ/compiler'
import { loadGoBuiltins } from '@writ/rego'
import { ensureNativeOpa, surroundings } from '../../tools/toolchain.ts'
import { compiledCases, type Case } from './cases.ts'
import { exceptions } from './exceptions.ts'
import { ourHost, sdkHost, type Host } from './hosts.ts'
import { fault } from './judge.ts'

export type Area = { passed: number; run: number; excluded: number }

export type Conformance = {
  readonly areas: ReadonlyMap<string, Area>
  /** What was not as OPA wants it, and exceptions that were. */
  readonly faults: readonly string[]
  /** The exceptions that came up, with how they ended. */
  readonly excluded: ReadonlySet<string>
}

export type Request = {
  readonly host: 'ours' | 'npm'
  readonly every: number
}

/** Compiles OPA's own cases and runs them. An exception that passes is a fault too: it is none any more. */
export async function runConformance({ host, every }: Request): Promise<Conformance> {
  const run = host === 'ours' ? await ours() : sdkHost()
  const areas = new Map<string, Area>()
  const faults: string[] = []
  const excluded = new Set<string>()
  for await (const wanted of compiledCases(await ensureNativeOpa(), every)) {
    const area = areas.get(wanted.area) ?? { passed: 0, run: 0, excluded: 0 }
    areas.set(wanted.area, area)
    const found = faultOf(wanted, run)
    if (host === 'ours' && exceptions.has(wanted.note)) {
      area.excluded += 1
      excluded.add(wanted.note)
      if (found === null) faults.push(`${wanted.note}: an exception that passes`)
      continue
    }
    area.run += 1
    if (found === null) area.passed += 1
    else faults.push(`${wanted.note}: ${found}`)
  }
  return { areas, faults, excluded }
}

function faultOf(wanted: Case, run: Host): string | null {
  return wanted.wasm === null
    ? `it does not compile: ${wanted.refused}`
    : fault(wanted, run(wanted))
}

async function ours(): Promise<Host> {
  return ourHost(loadGoBuiltins(await readFile(await ensureGoBuiltins(surroundings()))))
}
