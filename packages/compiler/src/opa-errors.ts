import type { Issue, Json } from '@writ/domain'
import { listOf, memberOf } from './json-read.ts'
import type { OpaResult } from './opa/run-opa.ts'
import { issueAt } from './place.ts'

/** The mistakes that a failed `opa` command names, in words, at their places; never an empty list. */
export function mistakesOf({ stdout, stderr }: OpaResult, command: string): readonly Issue[] {
  const texts = [stdout, stderr]
  const found = [...texts.flatMap(structured), ...texts.flatMap(written)]
  if (found.length > 0) return found
  const said = `${stderr}\n${stdout}`.trim().slice(-2_000)
  return [{ pointer: '', message: `${command} failed: ${said}` }]
}

type OpaError = {
  readonly message: string
  readonly code: string
  readonly file: string
  readonly row: number
  readonly column: number
  /** Other fields that a schema has where an unknown one was named. */
  readonly known: readonly string[]
}

/** Of `--format json`: `{errors: [{message, code, location, details}]}`. */
function structured(text: string): readonly Issue[] {
  if (!text.trimStart().startsWith('{')) return []
  try {
    const value: Json = JSON.parse(text)
    return listOf(value, 'errors').flatMap((error) => {
      const read = readError(error)
      return read === null ? [] : [issueOf(read)]
    })
  } catch {
    return [] // not what we asked for; it is read as words instead
  }
}

function readError(error: Json): OpaError | null {
  const [message, code, location] = [
    memberOf(error, 'message'),
    memberOf(error, 'code'),
    memberOf(error, 'location'),
  ]
  if (typeof message !== 'string') return null
  const [file, row, column] = [
    memberOf(location, 'file'),
    memberOf(location, 'row'),
    memberOf(location, 'col'),
  ]
  return {
    message,
    code: typeof code === 'string' ? code : '',
    file: typeof file === 'string' ? file : '',
    row: typeof row === 'number' ? row : 0,
    column: typeof column === 'number' ? column : 0,
    known: listOf(memberOf(error, 'details'), 'oneOf').filter((name) => typeof name === 'string'),
  }
}

const errorLine = /(?:^|\s)(\S+\.rego):(\d+)(?::(\d+))?: (rego_\w+): (.*)$/

const dataLine = /(?:^|\s)(\S+\.(?:json|ya?ml)): (.*)$/

/** Of an error in words: `file:row: code: message`, or of a data file `file: message`. */
function written(text: string): readonly Issue[] {
  return text.split('\n').flatMap((line) => {
    const [, file, row, column, code, message] = errorLine.exec(line) ?? []
    if (file === undefined || message === undefined) {
      const [, pointer, why] = dataLine.exec(line) ?? []
      return pointer === undefined || why === undefined ? [] : [{ pointer, message: why }]
    }
    return [
      issueOf({
        message,
        code: code ?? '',
        file,
        row: Number(row),
        column: Number(column ?? 1),
        known: [],
      }),
    ]
  })
}

function issueOf(error: OpaError): Issue {
  const path = ownPath(error.file)
  const message = inWords(error)
  if (path === '' || error.row === 0) return { pointer: path, message }
  return issueAt(path, error, message)
}

/** The rule that a file of our own making stands for. */
function ownPath(file: string): string {
  return file.replace(/^\/+/, '').replace(/^writ\/rule\//, '')
}

function inWords({ message, code, known }: OpaError): string {
  const unknown = /^undefined ref: (\S+)/.exec(message)
  if (unknown !== null && known.length > 0)
    return `${unknown[1]} is not in the schema: it knows ${known.join(', ')} there`
  const builtin = /^undefined function (\S+)/.exec(message)
  if (builtin !== null)
    return `there is no function ${builtin[1]}: misspelt, or a builtin that capabilities.json does not list`
  if (code === 'rego_parse_error') return `is not Rego: ${message}`
  return message
}
