import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Desk } from './desk.ts'

/** Where a command's exit code goes. */
export type Run = (work: () => Promise<number>) => Promise<void>

export type Building = { readonly program: Command; readonly desk: Desk; readonly run: Run }

/** What every command that asks a service can be told of it. */
export type ServiceOptions = {
  readonly server: string
  readonly tenant?: string
  readonly timeout: number
}

const defaultServer = 'http://127.0.0.1:7171'

/** The options of a service, with a default where the command cannot work without one. */
export function addService(command: Command, { env }: Desk): Command {
  return command
    .addOption(
      new Option('--server <url>', 'the service to ask (also WRIT_SERVER)').default(
        named(env['WRIT_SERVER']) ?? defaultServer,
      ),
    )
    .addOption(tenantOption(env))
    .addOption(timeoutOption())
}

export function tenantOption(env: Desk['env']): Option {
  const option = new Option('--tenant <name>', 'the tenant to ask in (also WRIT_TENANT)')
  const tenant = named(env['WRIT_TENANT'])
  return tenant === undefined ? option : option.default(tenant)
}

export function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'how long one attempt may take')
    .argParser(secondsOf)
    .default(30)
}

export function formatOption(formats: readonly string[]): Option {
  return new Option('--format <format>', 'how to print the result').choices(formats).default('text')
}

/** Which Rego the paths hold that a command works on. */
export function regoVersionOption(): Option {
  return new Option('--rego-version <version>', 'with paths: 0 for Rego of before OPA 1.0')
    .choices(['0', '1'])
    .default('1')
}

/** Examples below the help of a command: what it does, and the line to type. */
export function examples(rows: readonly (readonly [what: string, line: string])[]): string {
  const texts = rows.map(([what, line]) => `  # ${what}\n  $ ${line}`)
  return `\nExamples:\n${texts.join('\n\n')}\n`
}

export function referenceOf(text: string): { readonly type: string; readonly id: string } {
  const at = text.indexOf('/')
  if (at < 1 || at === text.length - 1)
    throw new InvalidArgumentError('It looks like TYPE/ID, for example service/checkout.')
  return { type: text.slice(0, at), id: text.slice(at + 1) }
}

/** `a,b`, also given as `a --flag b`. */
export function listOf(text: string, earlier: readonly string[] = []): readonly string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) throw new InvalidArgumentError('It looks like alice,bob.')
  return [...earlier, ...names]
}

/** A flag that may be given again. */
export function repeated(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, textOf(text)]
}

/** `request=alice`, once for each duty; `none` where nobody did any. */
export function dutyOf(
  text: string,
  earlier: { readonly [duty: string]: string } = {},
): { readonly [duty: string]: string } {
  if (text === 'none') return earlier
  const [, duty, who] = /^([^=\s]+)=(.+)$/.exec(text) ?? []
  if (duty === undefined || who === undefined)
    throw new InvalidArgumentError('It looks like request=alice; none says that nobody did any.')
  return { ...earlier, [duty]: who }
}

export function textOf(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.')
  return text
}

export function percentOf(text: string): number {
  const percent = Number(text)
  if (!/^[0-9]{1,3}(\.[0-9]+)?$/.test(text) || percent > 100)
    throw new InvalidArgumentError('It is a number from 0 to 100.')
  return percent
}

export function wholeNumber(text: string): number {
  const number = Number(text)
  if (!/^[0-9]{1,9}$/.test(text) || number < 1)
    throw new InvalidArgumentError('It is a whole number of 1 or more.')
  return number
}

function secondsOf(text: string): number {
  const seconds = Number(text)
  if (!/^[0-9]{1,4}$/.test(text) || seconds < 1)
    throw new InvalidArgumentError('It is a whole number of seconds, from 1 to 9999.')
  return seconds
}

function named(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}
