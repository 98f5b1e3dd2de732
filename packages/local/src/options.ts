import { parseArgs } from 'node:util'

/** How the house was asked to start; every value is checked, none is guessed. */
export type Options = {
  /** 0 takes any free port. */
  readonly port: number
  readonly data: string
  readonly policies: string
  readonly sample: boolean
}

export type Parsed =
  | { readonly status: 'start'; readonly options: Options }
  | { readonly status: 'help' }
  | { readonly status: 'mistaken'; readonly mistakes: readonly string[] }

export const usage = `Usage: npm start -- [options]

Decides deploy, access and config requests on this machine, and keeps a record of each decision.

  --port P          listen on 127.0.0.1:P; 0 takes any free port (default 7171)
  --data DIR        keep records in DIR (default .writ)
  --policies DIR    decide by the policies in DIR (default: the shipped policies)
  --store sqlite    the kind of store; sqlite is the only one so far
  --no-sample       leave out the tenant "sample" with its made-up shop
  --help            print this

Examples:
  npm start
  npm start -- --port 8080 --data /var/lib/writ --no-sample
  npm start -- --policies my-policies`

const known = {
  port: { type: 'string' },
  data: { type: 'string' },
  policies: { type: 'string' },
  store: { type: 'string' },
  'no-sample': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

type Token =
  | { readonly kind: 'option'; readonly name: string; readonly rawName: string; readonly value?: string | undefined } // prettier-ignore
  | { readonly kind: 'positional'; readonly value: string }
  | { readonly kind: 'option-terminator' }

/** Reads the command line. All mistakes are named at once. */
export function parseOptions(args: readonly string[], shippedPolicies: string): Parsed {
  const { tokens } = parseArgs({
    args: [...args],
    options: known,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const said = new Map<string, string | null>()
  for (const token of tokens) if (token.kind === 'option') said.set(token.name, token.value ?? null)
  if (said.has('help')) return { status: 'help' }
  const port = Number(said.get('port') ?? '7171')
  const mistakes = [...tokens.flatMap(tokenMistakes), ...valueMistakes(said)]
  if (mistakes.length > 0) return { status: 'mistaken', mistakes: [...new Set(mistakes)] }
  return {
    status: 'start',
    options: {
      port,
      data: said.get('data') ?? '.writ',
      policies: said.get('policies') ?? shippedPolicies,
      sample: !said.has('no-sample'),
    },
  }
}

function tokenMistakes(token: Token): readonly string[] {
  if (token.kind === 'option-terminator') return []
  if (token.kind === 'positional') return [`“${token.value}” is not an option`]
  const option = Object.entries(known).find(([name]) => name === token.name)?.[1]
  if (option === undefined) return [`${token.rawName} is not an option that Writ knows`]
  if (option.type === 'boolean')
    return token.value === undefined ? [] : [`${token.rawName} takes no value`]
  const isMissing = token.value === undefined || token.value === '' || token.value.startsWith('--')
  return isMissing ? [`${token.rawName} needs a value`] : []
}

function valueMistakes(said: ReadonlyMap<string, string | null>): readonly string[] {
  const port = said.get('port') ?? '7171'
  const store = said.get('store') ?? 'sqlite'
  return [
    /^\d{1,5}$/.test(port) && Number(port) <= 65_535
      ? []
      : [`--port must be a number from 0 to 65535, not “${port}”`],
    store === 'sqlite' ? [] : [storeMistake(store)],
  ].flat()
}

function storeMistake(store: string): string {
  if (store === 'dynamodb')
    return '--store dynamodb comes with a later version; until then leave it out, and Writ keeps its records in a SQLite file'
  return `--store must be sqlite, not “${store}”`
}
