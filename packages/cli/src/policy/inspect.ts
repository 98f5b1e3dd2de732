import { inspectPack, inspectRego, type InspectedModule, type Inspection } from '@writ/compiler'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { table } from '../output/table.ts'
import { surroundingsOf } from '../policies.ts'
import { openAny } from './any-bundle.ts'

export type InspectOptions = { readonly format: 'text' | 'json' }

/** Says what a bundle holds. Nothing of it is checked: that is `verify`. */
export async function inspectPolicy(
  path: string,
  { format }: InspectOptions,
  desk: Desk,
): Promise<number> {
  const opened = await openAny(path, desk)
  const inspection =
    opened.form === 'rego'
      ? await inspectRego(opened.files, surroundingsOf(desk))
      : inspectPack(opened.bundle)
  desk.out(format === 'json' ? jsonOf(inspection) : textOf(path, inspection))
  return exitCodes.allowed
}

function textOf(path: string, inspection: Inspection): string {
  const { revision, digest, opa, modules, policies, builtins, files } = inspection
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const head = [
    path,
    `  revision   ${revision === '' ? 'none' : revision}`,
    `  digest     ${digest}`,
    `  compiled   ${opa === null ? 'by an OPA that is not named' : `by OPA ${opa}`}`,
    `  signature  ${signatureText(inspection)}`,
    `  size       ${kilobytes(total)} in ${counted(files.length, 'file')}`,
  ]
  return [
    head.map(plainLine).join('\n'),
    ...modules.map(moduleText),
    listing(
      'Policies',
      ['policy', 'title'],
      policies.map(({ name, title }) => [name, title ?? '']),
    ),
    listing(
      'Builtins',
      ['builtin', 'runs in'],
      builtins.map(({ name, tier }) => [name, tier]),
    ),
    listing(
      'Files',
      ['file', 'size'],
      files.map(({ path: file, bytes }) => [file, kilobytes(bytes)]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function signatureText({ signature }: Inspection): string {
  if (signature === null) return 'none'
  const { keyId, signedAt } = signature
  const when = signedAt === null ? '' : `, ${signedAt.toISOString()}`
  return `by the key ${keyId === '' ? 'of somebody who does not say' : keyId}${when}; writ policy verify checks it`
}

function moduleText({
  file,
  bytes,
  memoryBytes,
  fuel,
  problem,
  entrypoints,
}: InspectedModule): string {
  const memory = memoryBytes === null ? '' : `, ${kilobytes(memoryBytes)} of memory`
  const budget =
    fuel === null ? 'set by whoever evaluates' : `${fuel.base}, and ${fuel.perByte} a byte of input`
  const lines = [
    `${file}: ${kilobytes(bytes)}${memory}`,
    `  fuel         ${budget}`,
    `  entrypoints  ${entrypoints.join(', ')}`,
    ...(problem === null ? [] : [`  problem      ${problem}`]),
  ]
  return lines.map(plainLine).join('\n')
}

function listing(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return rows.length === 0 ? '' : `${title}:\n${table(head, rows)}`
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`
}

function jsonOf(inspection: Inspection): string {
  const { signature, modules, ...rest } = inspection
  const shown = {
    ...rest,
    signature:
      signature === null ? null : { key_id: signature.keyId, signed_at: signature.signedAt },
    modules: modules.map(({ memoryBytes, fuel, ...module }) => ({
      ...module,
      memory_bytes: memoryBytes,
      fuel: fuel === null ? null : { base: fuel.base, per_byte: fuel.perByte },
    })),
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}
