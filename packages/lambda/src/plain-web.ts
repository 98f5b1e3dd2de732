// Node's own Request, Response and Headers bring all of undici with them: 45 ms of every cold start. A function needs little
// of them: a body that is there in full, and headers that are read and written. What is not here is a TypeError where it is
// asked for, and a problem to the caller.

type Pairs = Iterable<readonly [string, string]>

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** What a value may hold: bytes, none of which ends a line. */
const field = /^[^\0\r\n\u0100-\uffff]*$/

/** Names without regard to case, values as they would be sent. */
export class PlainHeaders {
  readonly #values = new Map<string, string>()

  constructor(init: Pairs | Readonly<Record<string, string>> = []) {
    const pairs = Symbol.iterator in init ? init : Object.entries(init)
    for (const [name, value] of pairs) this.append(name, value)
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase())
  }

  set(name: string, value: string): void {
    this.#values.set(named(name), sendable(name, value))
  }

  append(name: string, value: string): void {
    const [key, before] = [named(name), this.get(name)]
    const sent = sendable(name, value)
    this.#values.set(key, before === null ? sent : `${before}, ${sent}`)
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase())
  }

  forEach(each: (value: string, name: string) => void): void {
    for (const [name, value] of this.#values) each(value, name)
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#values.entries()
  }
}

function named(name: string): string {
  if (token.test(name)) return name.toLowerCase()
  throw new TypeError(`${name} is not the name of a header`)
}

/** Without the white space around it, which is not of the value. */
function sendable(name: string, value: string): string {
  const trimmed = value.replaceAll(/^[\t\n\r ]+|[\t\n\r ]+$/g, '')
  if (field.test(trimmed)) return trimmed
  throw new TypeError(`the header ${name} cannot hold this`)
}

type RequestInit = {
  readonly method?: string
  readonly headers?: ConstructorParameters<typeof PlainHeaders>[0]
  readonly body?: Uint8Array | null
}

export class PlainRequest {
  readonly url: string
  readonly method: string
  readonly headers: PlainHeaders
  /** In one piece. */
  readonly body: Iterable<Uint8Array> | null

  constructor(url: string | URL, { method = 'GET', headers = [], body = null }: RequestInit = {}) {
    if (!token.test(method)) throw new TypeError('the method cannot be sent')
    this.url = new URL(url).href
    this.method = method
    this.headers = new PlainHeaders(headers)
    this.body = body === null ? null : [body]
  }

  async arrayBuffer(): Promise<Uint8Array> {
    const [bytes = new Uint8Array()] = this.body ?? []
    return bytes
  }
}

type ResponseInit = {
  readonly status?: number
  readonly headers?: ConstructorParameters<typeof PlainHeaders>[0]
}

export class PlainResponse {
  readonly status: number
  readonly headers: PlainHeaders
  readonly #body: string | Uint8Array | null

  constructor(
    body: string | Uint8Array | null = null,
    { status = 200, headers = [] }: ResponseInit = {},
  ) {
    this.status = status
    this.headers = new PlainHeaders(headers)
    this.#body = body
  }

  async text(): Promise<string> {
    return typeof this.#body === 'string'
      ? this.#body
      : new TextDecoder().decode(await this.bytes())
  }

  async bytes(): Promise<Uint8Array> {
    return typeof this.#body === 'string'
      ? new TextEncoder().encode(this.#body)
      : (this.#body ?? new Uint8Array())
  }
}

/** From here on, these are what the global names mean. Setting them loads nothing; so much as reading one does. */
export function usePlainWeb(): void {
  Object.assign(globalThis, {
    Headers: PlainHeaders,
    Request: PlainRequest,
    Response: PlainResponse,
  })
}
