import { Fault } from '@writ/domain'
import {
  digestOf,
  leafHashOf,
  withMember,
  writeReceipt,
  type Entry,
  type Signer,
} from '@writ/ledger'
import { readDecisionBody } from '@writ/contract'

/** Promises, under the answer to it, that an entry which stands gets its place in the log: the text of a receipt. */
export type SignReceipt = (entry: Entry, answer: string) => Promise<string>

/** Within how long after an entry was made it has its place in the log; longer where it waited for the store. */
const sealedWithinMilliseconds = { store: 5 * 60_000, spool: 24 * 3_600_000 }

const suffix = '/receipts'

/** What a key that signs the receipts of this log is called. It is not the log’s own: who decides cannot sign a checkpoint. */
export function receiptKeyName(log: string): string {
  return `${log}${suffix}`
}

/** The key is asked for at each receipt, as it may turn. Throws the Fault `start-refused` when it is not called as one that signs receipts. */
export function createSignReceipt(signer: () => Signer): SignReceipt {
  const { name } = signer().key
  if (!name.endsWith(suffix))
    throw new Fault(
      'start-refused',
      `The key ${name} signs no receipts: those are called <log>${suffix}`,
    )
  const log = name.slice(0, -suffix.length)
  return ({ id, at, leaf }, answer) =>
    writeReceipt(
      {
        log,
        id,
        leafHash: leafHashOf(leaf),
        answer: digestOf(answer),
        sealedBy: new Date(Date.parse(at) + sealedWithinMilliseconds[keptIn(answer)]).toISOString(),
      },
      signer(),
    )
}

/** Every answer that was kept in the spool ends so, and no other does: what a caller sent never stands last. */
function keptIn(answer: string): keyof typeof sealedWithinMilliseconds {
  return answer.endsWith(',"durable":"spool"}') ? 'spool' : 'store'
}

/** The text of an answer as it was recorded, with its receipt; and the id that its record has. */
export type Answered = { readonly id: string; readonly text: string }

/** Only an entry that stands is answered by, so no receipt is out there for one that was never recorded. */
export async function answered(signReceipt: SignReceipt, entry: Entry): Promise<Answered> {
  const { answer } = readDecisionBody(entry.body.content)
  return { id: entry.id, text: withMember(answer, 'receipt', await signReceipt(entry, answer)) }
}
