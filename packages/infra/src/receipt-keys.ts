import type { KeyNumbers } from './settings.ts'

type Environment = Readonly<Record<string, $util.Input<string>>>

/** The keys of the receipts, each a secret of the deployment, as functions are told of them. */
export type ReceiptKeys = {
  /** The one that signs, for whoever answers. */
  readonly signing: Environment
  /** Both, while it turns, for whoever has the log announce it; nothing at other times. */
  readonly turning: Environment
}

export function receiptKeys({ current, next }: KeyNumbers): ReceiptKeys {
  const signing = { WRIT_RECEIPT_KEY: secretOf(current) }
  return {
    signing,
    turning: next === null ? {} : { ...signing, WRIT_RECEIPT_NEXT_KEY: secretOf(next) },
  }
}

function secretOf(number: number): $util.Input<string> {
  return new sst.Secret(number === 1 ? 'ReceiptKey' : `ReceiptKey${number}`).value
}
