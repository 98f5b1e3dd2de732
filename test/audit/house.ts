import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDecisionRequest, readOutcomeReport, readWaiverGrant } from '@writ/contract'
import type { JsonObject } from '@writ/domain'
import {
  ed25519Signer,
  writeSignerKey,
  writeVerifierKey,
  type Checkpoint,
  type Signer,
} from '@writ/ledger'
import {
  createDecide,
  createGrantWaiver,
  createRecordOutcome,
  createRevokeWaiver,
  createSeal,
  createSignReceipt,
  createTurns,
  type Seal,
  type Signers,
  type Turns,
} from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { aBundle, aComplaint, aRule } from '@writ/testkit'

const seed = new Uint8Array(32).fill(7)
export const signer = ed25519Signer('writ.example/log', seed)

export const receiptSigner = ed25519Signer('writ.example/log/receipts', new Uint8Array(32).fill(8))

export const receiptKeyLine = `${writeVerifierKey(receiptSigner.key)}\n`

export const policyLines = `log ${writeVerifierKey(signer.key)}\nquorum none\n`

/** A data folder as a house leaves it, whose instants, ids and salts are the same in each run. */
export type AuditedHouse = {
  readonly data: string
  readonly store: Store
  readonly seal: Seal
  /** From now on the log is signed with these, and receipts with that. */
  readonly signWith: (signers: Signers, receipts?: Signer) => void
  readonly turns: Turns
  /** Decides a deploy. Gives the answer as a caller gets it, with its receipt. */
  readonly answer: () => Promise<string>
  /** Decides so many deploys, an hour apart, from midnight of the 1st of November 2026 on. Gives their ids. */
  readonly decide: (count: number) => Promise<readonly string[]>
  /** The same without waiting for one before the next, so that they share their commits. */
  readonly decideAtOnce: (count: number) => Promise<void>
  /** A waiver that is granted and revoked, an outcome, and a change set of which one document is read by no rule. */
  readonly others: () => Promise<void>
  readonly sealAll: () => Promise<void>
  /** Lets go of the store, for a command to read it. */
  readonly close: () => Promise<void>
}

const hour = 3_600_000
const alice = { tenant: 'acme', principal: 'alice', roles: ['admin'] }

const bundle = aBundle({
  rules: [aRule(), aRule({ id: 'config.kubernetes.privileged' })],
  verdicts: {
    'deploy.approvals': [aComplaint({ message: 'has 0 of 2 approvals' })],
  },
})

export function scratchFolder(): {
  readonly path: (name: string) => string
  readonly remove: () => void
} {
  const folder = mkdtempSync(join(tmpdir(), 'writ-audit-'))
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Opens or makes a house; what one that is opened anew does differs from what it did by its round. */
export function openAudited(data: string, round = 0): AuditedHouse {
  writeFileSync(join(data, 'log.key'), `${writeSignerKey(signer.key.name, seed)}\n`)
  writeFileSync(join(data, 'log.vkey'), `${writeVerifierKey(signer.key)}\n`)
  const store = openStore(join(data, 'writ.db'))
  let hours = round * 1000
  let receipts = receiptSigner
  const sources = {
    now: () => new Date(Date.parse('2026-11-01T00:00:00.000Z') + hour * hours++),
    random: countedBytes(`${data.length} ${round}`),
    engine: { active: () => bundle },
    signReceipt: createSignReceipt(() => receipts),
    ...store,
  }
  const decide = createDecide(sources)
  const turns = createTurns({ ...sources, tenant: 'acme' })
  let signers: Signers = { current: signer, next: null }
  const seal = createSeal({
    log: store.log,
    signers: () => signers,
    turns,
    cosign: async (note) => note,
    memory: memoryOfOne(),
    newAttempt: () => 'one',
    batch: 256,
  })
  return {
    data,
    store,
    seal,
    signWith: (given, forReceipts = receipts) => {
      signers = given
      receipts = forReceipts
    },
    turns,
    answer: async () => (await decide(alice, readDecisionRequest(deploy), null)).text,
    decide: async (count) => {
      const ids: string[] = []
      for (let made = 0; made < count; made += 1)
        ids.push((await decide(alice, readDecisionRequest(deploy), null)).id)
      return ids
    },
    decideAtOnce: async (count) => {
      for (let left = count; left > 0; left -= 250)
        await Promise.all(
          Array.from({ length: Math.min(left, 250) }, () =>
            decide(alice, readDecisionRequest(deploy), null),
          ),
        )
    },
    others: async () => {
      const waiver = await createGrantWaiver(sources)(alice, readWaiverGrant(grant))
      await createRevokeWaiver(sources)(alice, waiver.id)
      await createRecordOutcome(sources)(alice, readOutcomeReport(finished), null)
      await decide({ ...alice, tenant: 'other' }, readDecisionRequest(change), null)
    },
    sealAll: async () => {
      while ((await seal()).again);
    },
    close: store.close,
  }
}

/** Bytes that look like chance and are the same in each run of one house. */
function countedBytes(name: string): (count: number) => Uint8Array {
  let drawn = 0
  return (count) => {
    drawn += 1
    return new Uint8Array(createHash('sha256').update(`${name} ${drawn}`).digest()).slice(0, count)
  }
}

function memoryOfOne() {
  let last: Checkpoint | null = null
  return {
    last: async () => last,
    keep: async (checkpoint: Checkpoint) => void (last = checkpoint),
  }
}

const deploy: JsonObject = {
  kind: 'deploy',
  subject: { type: 'user', id: 'ada' },
  action: { name: 'deploy' },
  resource: { type: 'service', id: 'checkout', properties: { team: 'payments' } },
  context: { environment: 'production', correlation: 'c0ffee' },
}

const change: JsonObject = {
  kind: 'config',
  subject: { type: 'user', id: 'größe ✓' },
  action: { name: 'change' },
  resource: { type: 'repository', id: 'acme/shop' },
  context: {
    environment: 'production',
    service: 'shop',
    documents: [
      {
        type: 'kubernetes/Deployment.apps',
        id: 'shop/cart',
        path: 'a.yaml',
        content: { kind: 'Deployment' },
      },
      {
        type: 'kubernetes/ConfigMap',
        id: 'shop/cart',
        path: 'b.yaml',
        content: { data: { a: 'b' } },
      },
    ],
  },
}

const grant: JsonObject = {
  rule: 'deploy.approvals',
  environment: 'production',
  resource: { type: 'service', id: 'checkout' },
  reason: 'Hotfix, reviewed by phone',
  requested_by: 'ada',
  approved_by: 'grace',
  expires_at: '2027-01-31T00:00:00Z',
}

const finished: JsonObject = {
  type: 'deployment_finished',
  service: 'checkout',
  environment: 'production',
  artifact: { digest: `sha256:${'a'.repeat(64)}` },
  finished_at: '2026-11-01T12:00:00Z',
}
