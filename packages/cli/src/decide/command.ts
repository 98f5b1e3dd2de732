import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createClient } from '@writ/client'
import type { WireAnswer } from '@writ/contract'
import { Fault, type JsonObject } from '@writ/domain'
import type { ServiceOptions } from '../command-line.ts'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { namingFlags } from '../flags.ts'
import { findingText, outcomeText } from '../output/answer-text.ts'
import { createPaint } from '../output/paint.ts'
import { plainLine } from '../output/plain.ts'
import { fitted } from '../output/wrap.ts'
import {
  accessRequest,
  deployRequest,
  requestFromFile,
  type AccessFlags,
  type DeployFlags,
} from './request.ts'

export type DecideOptions = ServiceOptions & {
  readonly idempotencyKey?: string
  readonly format: 'text' | 'json'
  readonly color: boolean
  readonly file?: string
  readonly save?: string
}

export async function decideDeploy(
  flags: DeployFlags & DecideOptions,
  desk: Desk,
): Promise<number> {
  const { file } = flags
  const request =
    file === undefined
      ? deployRequest(flags, flags.author ?? desk.user)
      : await requestFromFile(file, 'deploy', desk)
  return decide(request, flags, desk)
}

export async function decideAccess(
  flags: AccessFlags & DecideOptions,
  desk: Desk,
): Promise<number> {
  const { file } = flags
  const request =
    file === undefined ? accessRequest(flags) : await requestFromFile(file, 'access', desk)
  return decide(request, flags, desk)
}

async function decide(request: JsonObject, options: DecideOptions, desk: Desk): Promise<number> {
  const { server, tenant, timeout, file, save, idempotencyKey = desk.newKey() } = options
  const who = tenant === undefined ? {} : { tenant }
  const client = createClient({ server, timeoutMilliseconds: timeout * 1000, ...who })
  const { answer, text } = await client
    .decide(request, { idempotencyKey })
    .catch((thrown: unknown) => {
      throw namingFlags(thrown, file === undefined ? flagsByPlace : {})
    })
  print(answer, client.decisionAddress(answer.id), { options, desk })
  if (save !== undefined) keep(text, resolve(desk.cwd, save))
  return answer.decision ? exitCodes.allowed : exitCodes.denied
}

/** The decision stands by then, and was told. */
function keep(text: string, file: string): void {
  try {
    writeFileSync(file, text)
  } catch (cause) {
    throw new Fault('request-invalid', `The answer stands and could not be kept in ${file}`, {
      cause,
    })
  }
}

const flagsByPlace = {
  '/context/environment': '--environment',
  '/context/artifact/image': '--image',
  '/context/artifact/digest': '--digest',
  '/context/change/commit': '--commit',
  '/context/change/author': '--author',
  '/context/change/repository': '--repository',
  '/context/change/approvals': '--approved-by',
  '/headers/idempotency-key': '--idempotency-key',
  '/resource/id': '--service or --resource',
  '/subject/id': '--subject',
  '/action/name': '--action',
}

type Printing = { readonly options: DecideOptions; readonly desk: Desk }

function print(answer: WireAnswer, address: string, { options, desk }: Printing): void {
  if (options.format === 'json') {
    desk.out(`${JSON.stringify({ ...answer, address }, null, 2)}\n`)
    return
  }
  const paint = createPaint(desk, options.color)
  const told = answer.findings.filter(({ effect }) => effect !== 'observed' && effect !== 'none')
  const shadow = answer.findings.length - told.length
  const { revision } = answer.bundle
  const sections = [
    outcomeText(answer, paint),
    ...told.map((finding) => findingText(finding, null, paint)),
    [
      ...(shadow > 0 ? [`${shadow} more in shadow, which change nothing yet.`] : []),
      `Decided by the policies ${plainLine(revision)}.`,
      `Recorded: ${address}`,
    ].join('\n'),
  ]
  desk.out(fitted(`${sections.join('\n\n')}\n`, desk))
}
