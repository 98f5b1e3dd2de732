import { parseArgs } from 'node:util'

/** How the house was asked to start; every value is checked, none is guessed. */
export type Options = {
  /** 0 takes any free port. */
  readonly port: number
  readonly data: string
  readonly policies: string
  readonly sample: boolean
  /** Where decisions wait while the store is away; null has them refused. */
  readonly spool: string | null
  /** Null keeps records in a file of the data folder. */
  readonly dynamodbEndpoint: string | null
  /** A file that names the witnesses to ask; null where none is. */
  readonly witnesses: string | null
}

/** What is done with the keys of a house. */
export type KeysCommand = 'rotate-keys' | 'retire-keys' | 'move-keys'

export type Parsed =
  | { readonly status: 'start'; readonly options: Options }
  | { readonly status: 'create-tables'; readonly endpoint: string }
  | { readonly status: KeysCommand; readonly options: Options }
  | { readonly status: 'help' }
  | { readonly status: 'mistaken'; readonly mistakes: readonly string[] }

export const usage = `Usage: npm start -- [options]
       npm start -- tables create --dynamodb-endpoint URL
       npm start -- keys rotate|retire|move [--data DIR]

Decides deploy, access and config requests on this machine, and keeps a record of each decision.

  --port P          listen on 127.0.0.1:P; 0 takes any free port (default 7171)
  --data DIR        keep records in DIR (default .writ)
  --policies DIR    decide by the policies in DIR (default: the shipped policies)
  --store KIND      sqlite keeps records in a file of DIR (default); dynamodb, at --dynamodb-endpoint
  --dynamodb-endpoint URL
                    where a DynamoDB of this machine or network answers; "tables create" makes its tables
  --spool DIR       while the store is away, keep decisions in DIR, best on another disk; without it they are refused
  --witnesses FILE  ask these to cosign what is sealed (C2SP tlog-policy, with the address of each)
  --no-sample       leave out the tenant "sample" with its made-up shop
  --help            print this

"keys rotate" gives the house new keys beside those that it signs with; "keys retire" takes the old ones away, once the log
has said which keys follow them. "keys move" takes the keys of a house that has ended out of its data folder, for the log to
go on elsewhere; no house starts over the folder any more.

Examples:
  npm start
  npm start -- --port 8080 --data /var/lib/writ --no-sample
  npm start -- --policies my-policies`

const known = {
  port: { type: 'string' },
  data: { type: 'string' },
  policies: { type: 'string' },
  store: { type: 'string' },
  'dynamodb-endpoint': { type: 'string' },
  spool: { type: 'string' },
  witnesses: { type: 'string' },
  'no-sample': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

type Token =
  | {
      readonly kind: 'option'
      readonly name: string
      readonly rawName: string
      readonly value?: string | undefined
    }
  | { readonly kind: 'positional'; readonly value: string }
  | { readonly kind: 'option-terminator' }

/** Reads the command line. All mistakes are named at once. */
export function parseOptions(args: readonly string[], shippedPolicies: string): Parsed {
  const { tokens, said, words } = readTokens(args)
  if (said.has('help')) return { status: 'help' }
  const command = commands[words.join(' ')] ?? null
  const amiss = command === 'create-tables' ? tablesMistakes(said) : storeMistakes(said)
  const strange = command === null ? words.map((word) => `“${word}” is not an option`) : []
  const mistakes = [...tokens.flatMap(tokenMistakes), ...strange, ...amiss, ...valueMistakes(said)]
  if (mistakes.length > 0) return { status: 'mistaken', mistakes: [...new Set(mistakes)] }
  return command === 'create-tables'
    ? { status: command, endpoint: said.get('dynamodb-endpoint') ?? '' }
    : { status: command ?? 'start', options: optionsOf(said, shippedPolicies) }
}

function readTokens(args: readonly string[]) {
  const { tokens } = parseArgs({
    args: [...args],
    options: known,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const said = new Map<string, string | null>()
  for (const token of tokens) if (token.kind === 'option') said.set(token.name, token.value ?? null)
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  return { tokens, said, words }
}

/** What can be asked for in place of a start. */
const commands: Readonly<Record<string, 'create-tables' | KeysCommand>> = {
  'tables create': 'create-tables',
  'keys rotate': 'rotate-keys',
  'keys retire': 'retire-keys',
  'keys move': 'move-keys',
}

type Said = ReadonlyMap<string, string | null>

function optionsOf(said: Said, shippedPolicies: string): Options {
  return {
    port: Number(said.get('port') ?? '7171'),
    data: said.get('data') ?? '.writ',
    policies: said.get('policies') ?? shippedPolicies,
    sample: !said.has('no-sample'),
    spool: said.get('spool') ?? null,
    dynamodbEndpoint: said.get('dynamodb-endpoint') ?? null,
    witnesses: said.get('witnesses') ?? null,
  }
}

function tokenMistakes(token: Token): readonly string[] {
  if (token.kind !== 'option') return []
  const option = Object.entries(known).find(([name]) => name === token.name)?.[1]
  if (option === undefined) return [`${token.rawName} is not an option that Writ knows`]
  if (option.type === 'boolean')
    return token.value === undefined ? [] : [`${token.rawName} takes no value`]
  const isMissing = token.value === undefined || token.value === '' || token.value.startsWith('--')
  return isMissing ? [`${token.rawName} needs a value`] : []
}

function valueMistakes(said: Said): readonly string[] {
  const port = said.get('port') ?? '7171'
  return [
    ...(/^\d{1,5}$/.test(port) && Number(port) <= 65_535
      ? []
      : [`--port must be a number from 0 to 65535, not “${port}”`]),
    ...endpointMistakes(said),
  ]
}

function endpointMistakes(said: Said): readonly string[] {
  const endpoint = said.get('dynamodb-endpoint') ?? ''
  return endpoint === '' || isAddress(endpoint)
    ? []
    : [`--dynamodb-endpoint must be an address such as http://127.0.0.1:8000, not “${endpoint}”`]
}

function storeMistakes(said: Said): readonly string[] {
  const store = said.get('store') ?? 'sqlite'
  const hasEndpoint = said.has('dynamodb-endpoint')
  if (store !== 'sqlite' && store !== 'dynamodb')
    return [`--store must be sqlite or dynamodb, not “${store}”`]
  if (store === 'dynamodb' && !hasEndpoint)
    return ['--store dynamodb needs --dynamodb-endpoint, such as http://127.0.0.1:8000']
  return store === 'sqlite' && hasEndpoint ? ['--dynamodb-endpoint goes with --store dynamodb'] : []
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function tablesMistakes(said: Said): readonly string[] {
  const others = [...said.keys()].filter((name) => name !== 'dynamodb-endpoint' && name in known)
  return [
    ...(said.has('dynamodb-endpoint') ? [] : ['tables create needs --dynamodb-endpoint URL']),
    ...others.map((name) => `tables create takes no --${name}`),
  ]
}
