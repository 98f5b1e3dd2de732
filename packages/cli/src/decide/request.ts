import { readJson } from '@writ/contract'
import { Fault, isList, type Json, type JsonObject } from '@writ/domain'
import { readInputFile } from '../input-file.ts'
import type { Desk } from '../desk.ts'

type Reference = { readonly type: string; readonly id: string }

export type DeployFlags = {
  readonly service?: string
  readonly environment?: string
  readonly image?: string
  readonly digest?: string
  readonly repository?: string
  readonly commit?: string
  readonly pullRequest?: string
  readonly author?: string
  readonly approvedBy?: readonly string[]
  readonly correlation?: string
  readonly file?: string
}

export type AccessFlags = {
  readonly subject?: Reference
  readonly role?: readonly string[]
  readonly action?: string
  readonly resource?: Reference
  readonly environment?: string
  readonly duty?: { readonly [duty: string]: string }
  readonly justification?: string
  readonly correlation?: string
  readonly file?: string
}

/** A deploy request from flags. What was not said is left out: a rule that needs it then says so. */
export function deployRequest(flags: DeployFlags, user: string): JsonObject {
  const { service, environment, image, digest, repository, commit, author, correlation } = flags
  const approvals = flags.approvedBy?.map((by) => said({ by, commit }))
  return {
    kind: 'deploy',
    subject: { type: 'user', id: user },
    action: { name: 'deploy' },
    resource: { type: 'service', id: needed(service, '--service') },
    context: said({
      environment,
      artifact: group({ image, digest }),
      change: group({ repository, commit, pull_request: flags.pullRequest, author, approvals }),
      correlation,
    }),
  }
}

export function accessRequest(flags: AccessFlags): JsonObject {
  const { subject, role, action, resource, environment, duty, justification, correlation } = flags
  const who = needed(subject, '--subject')
  return {
    kind: 'access',
    subject: role === undefined ? who : { ...who, properties: { roles: role } },
    action: { name: needed(action, '--action') },
    resource: needed(resource, '--resource'),
    context: said({ environment, duties: duty, justification, correlation }),
  }
}

/** A request from a file, `-` being standard input. Its kind must be the one that the command names. */
export async function requestFromFile(path: string, kind: string, desk: Desk): Promise<JsonObject> {
  const value = readJson(await readInputFile(path, desk))
  if (typeof value !== 'object' || value === null || isList(value))
    throw new Fault('request-invalid', `${path} holds no request: a request is a JSON object`)
  if (value['kind'] !== kind)
    throw new Fault(
      'request-invalid',
      `${path} is no ${kind} request: its kind is ${JSON.stringify(value['kind'] ?? null)}`,
    )
  return value
}

function needed<Value>(value: Value | undefined, flag: string): Value {
  if (value !== undefined) return value
  throw new Fault(
    'request-invalid',
    `${flag} is missing: name it, or give the whole request with --file`,
  )
}

type Members = { readonly [name: string]: Json | undefined }

function said(members: Members): JsonObject {
  const entries = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return Object.fromEntries(entries)
}

function group(members: Members): JsonObject | undefined {
  const object = said(members)
  return Object.keys(object).length === 0 ? undefined : object
}
