import type { AskWitness } from './cosign.ts'

const milliseconds = 1000
/** A few signature lines; whoever sends more is no witness. */
const maxLength = 64 * 1024

/** Asks witnesses over HTTP. A redirect is no answer: the policy says whom to ask. */
export function askWitnessBy(send: typeof fetch): AskWitness {
  return async (url, body) => {
    try {
      const signal = AbortSignal.timeout(milliseconds)
      const reply = await send(url, { method: 'POST', body, signal, redirect: 'error' })
      const text = await boundedText(reply)
      return text === null ? null : { status: reply.status, text }
    } catch {
      return null
    }
  }
}

async function boundedText({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length > maxLength) return null
  }
  return Buffer.concat(chunks).toString('utf8')
}
