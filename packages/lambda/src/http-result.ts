import { problemOf, problems } from '@writ/contract'
import { Fault } from '@writ/domain'
import { gzipSync } from 'node:zlib'

/** What a function gives back to an HTTP API. */
export type HttpResult = {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded: boolean
}

/** Lambda takes 6 MB back from a function, written as JSON, and answers for it by an error that says nothing. */
const maxResultBytes = 6 * 1024 * 1024 - 64 * 1024
/** Below this even escapes cannot bring a body over the bound. */
const surelySmall = maxResultBytes / 6

/** The response as the gateway takes it. One that is too large goes compressed, or is the Fault that says so. */
export async function resultOf(response: Response, acceptEncoding: string): Promise<HttpResult> {
  const headers = Object.fromEntries(response.headers)
  const isBytes = headers['content-type'] === 'application/octet-stream'
  const result: HttpResult = {
    statusCode: response.status,
    headers,
    body: isBytes ? Buffer.from(await response.bytes()).toString('base64') : await response.text(),
    isBase64Encoded: isBytes,
  }
  if (fits(result)) return result
  const compressed = isBytes ? result : compressedResult(result)
  if (/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(acceptEncoding) && fits(compressed))
    return compressed
  throw new Fault('reply-too-large', 'Written out, this reply is larger than Lambda lets through', {
    facts: { limit_bytes: maxResultBytes },
  })
}

function fits(result: HttpResult): boolean {
  if (result.body.length < surelySmall) return true
  return Buffer.byteLength(JSON.stringify(result)) <= maxResultBytes
}

function compressedResult(result: HttpResult): HttpResult {
  return {
    ...result,
    headers: { ...result.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
    body: gzipSync(result.body).toString('base64'),
    isBase64Encoded: true,
  }
}

/** A fault that came up outside the app, in the shape of the app's own problems. */
export function problemResult(fault: Fault, requestId: string): HttpResult {
  const { retryAfter } = problems[fault.code]
  const problem = problemOf(fault, requestId)
  return {
    statusCode: problem.status,
    headers: {
      'cache-control': 'no-store',
      'content-type': 'application/problem+json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify(problem),
    isBase64Encoded: false,
  }
}
