import { Fault } from '@writ/domain'

/** The most bytes of a body. A change set of the largest size that one decision takes (4 MB) fits with its envelope. */
export const maxBodyBytes = 5 * 1024 * 1024

/** Reads the bytes of a JSON body, or throws the Fault that says why it is not read. Nothing is read that is too large by its own word. */
export async function readBody(request: Request): Promise<Uint8Array> {
  refuseOtherTypes(request.headers)
  const declared = declaredLength(request.headers)
  if (declared !== null && declared > maxBodyBytes) throw tooLarge()
  const bytes = declared === null ? await counted(request) : await whole(request)
  if (bytes.byteLength > maxBodyBytes) throw tooLarge()
  return bytes
}

function refuseOtherTypes(headers: Headers): void {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  const isJson = /^application\/(json|[a-z0-9.!#$&^_-]+\+json)$/.test(type.trim())
  const isUtf8 = parameters
    .map((parameter) => parameter.trim())
    .filter((parameter) => parameter.startsWith('charset='))
    .every((charset) => /^charset="?utf-?8"?$/.test(charset))
  if (!isJson || !isUtf8)
    throw unsupported('Send the body with "Content-Type: application/json", in UTF-8')
  const encoding = (headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding !== 'identity')
    throw unsupported('Send the body as it is, without a Content-Encoding')
}

function unsupported(way: string): Fault {
  return new Fault('media-type-unsupported', way, { facts: { accepts: 'application/json' } })
}

/** The server below has refused a length that is no number, or that comes with chunks. */
function declaredLength(headers: Headers): number | null {
  const declared = headers.get('content-length')
  return declared === null || !/^[0-9]+$/.test(declared) ? null : Number(declared)
}

async function whole(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer())
  } catch (cause) {
    throw brokenOff(cause)
  }
}

async function counted({ body }: Request): Promise<Uint8Array> {
  if (body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body) {
      length += chunk.byteLength
      if (length > maxBodyBytes) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw brokenOff(cause)
  }
  if (length > maxBodyBytes) throw tooLarge()
  return Buffer.concat(chunks)
}

function tooLarge(): Fault {
  return new Fault(
    'request-too-large',
    `A body may hold ${maxBodyBytes} bytes: split the change set, and give its parts context.part`,
    { facts: { limit_bytes: maxBodyBytes } },
  )
}

function brokenOff(cause: unknown): Fault {
  return new Fault('request-malformed', 'The body broke off before its end', {
    facts: { issues: [{ pointer: '', message: 'broke off before its end: send it again' }] },
    cause,
  })
}
