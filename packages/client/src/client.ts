import {
  readAnswer,
  readDecisionList,
  readErasure,
  readOutcome,
  readPolicies,
  readReading,
  readRecord,
  readScorecard,
  readWaiver,
  readWaiverList,
  type WireAnswer,
  type WireDecisionList,
  type WireErasure,
  type WireList,
  type WireOutcome,
  type WirePolicies,
  type WireReading,
  type WireRecord,
  type WireScorecard,
  type WireWaiver,
} from '@writ/contract'
import { Fault, type JsonObject } from '@writ/domain'
import { baseOf, createSend, unreachable, type Call, type ClientOptions } from './transport.ts'

/** One key per attempt: the same key gets the same answer for ever, so a call whose reply was lost can be sent again. */
export type RetryKey = { readonly idempotencyKey: string }

/** An answer, and the very text that it came as: its receipt is of that text. */
export type Decided = { readonly answer: WireAnswer; readonly text: string }

/** The filters of a list of decisions, by their names on the wire, with `limit` and `cursor`. */
export type DecisionFilters = { readonly [name: string]: string | number | undefined }

/**
 * A service of Writ, asked over HTTP. What it refuses comes back as the Fault that it was there; what cannot be reached or
 * read is the Fault `service-unreachable`. An answer that is not one never passes for an allow.
 */
export interface Client {
  /** The recorded answer to a request in its wire form. A denial is an answer, not a Fault. */
  decide(request: JsonObject, key: RetryKey): Promise<Decided>
  readDecision(id: string): Promise<WireAnswer>
  /**
   * Says that many records will be read one after the other: `purpose`, `from`, `to`. The service records it as one reading,
   * whose id goes with each `readRecord`.
   */
  announceReading(announced: JsonObject): Promise<WireReading>
  /** Who asked, what was asked, and what the record commits to. */
  readRecord(id: string, reading?: string): Promise<WireRecord>
  /** The proof that a record is in the log: a file of C2SP tlog-proof. Nothing of it is checked here. */
  readProof(id: string): Promise<string>
  /** A file of the log by its path in the layout of C2SP tlog-tiles, `checkpoint` among them; null where there is none. */
  readLogFile(path: string): Promise<Uint8Array | null>
  /** A file of the bundles that ever decided, by its path there; null where it is not kept. Nothing of it is checked here. */
  readKeptBundle(path: string): Promise<Uint8Array | null>
  listDecisions(filters: DecisionFilters): Promise<WireDecisionList>
  /** Says what came of a decision. */
  reportOutcome(report: JsonObject, key: RetryKey): Promise<WireOutcome>
  /** Is never sent twice: a waiver has no key. */
  grantWaiver(grant: JsonObject): Promise<WireWaiver>
  revokeWaiver(id: string): Promise<WireWaiver>
  /** Takes what a record says away for good. A second time changes nothing, and gives the first erasure. */
  eraseRecord(id: string, reason: string): Promise<WireErasure>
  listWaivers(limit: number): Promise<WireList<WireWaiver>>
  readScorecard(entity: string): Promise<WireScorecard>
  policies(): Promise<WirePolicies>
  /** Where a person reads this decision, for ever. */
  decisionAddress(id: string): string
  /** Where a person reads what an answer names by a path of the service, as a finding's `docs_url` may be; an address is one. */
  pageAddress(path: string): string
}

/** A client of one service. An address that cannot be one is refused here, before anything is sent. */
export function createClient(options: ClientOptions): Client {
  const base = baseOf(options.server)
  const { get, post, file } = createAsk(base, options)
  return {
    decide: (body, key) =>
      post((text) => ({ answer: readAnswer(text), text }), {
        path: '/v1/decisions',
        body,
        ...key,
      }),
    readDecision: (id) => get(readAnswer, `/v1/decisions/${segment(id)}`),
    announceReading: (body) => post(readReading, { path: '/v1/readings', body }),
    readRecord: (id, reading) => get(readRecord, `/v1/records/${segment(id)}`, { reading }),
    readProof: (id) => get((text) => text, `/v1/records/${segment(id)}/proof`),
    readLogFile: (path) => file(`/log/${path}`),
    readKeptBundle: (path) => file(`/v1/bundles/${path}`),
    listDecisions: (filters) => get(readDecisionList, `/v1/decisions${queryOf(filters)}`),
    reportOutcome: (body, key) => post(readOutcome, { path: '/v1/outcomes', body, ...key }),
    grantWaiver: (body) => post(readWaiver, { path: '/v1/waivers', body }),
    eraseRecord: (id, reason) =>
      post(readErasure, { path: `/v1/records/${segment(id)}/erase`, body: { reason } }),
    revokeWaiver: (id) => post(readWaiver, { path: `/v1/waivers/${segment(id)}/revoke` }),
    listWaivers: (limit) => get(readWaiverList, `/v1/waivers${queryOf({ limit })}`),
    readScorecard: (entity) => get(readScorecard, `/v1/scorecards/${segment(entity)}`),
    policies: () => get(readPolicies, '/v1/policies'),
    decisionAddress: (id) => `${base}/decisions/${segment(id)}`,
    pageAddress: (path) => (path.startsWith('/') ? `${base}${path}` : path),
  }
}

/** The ways to ask: each reads its reply, and what cannot be read is the Fault `service-unreachable`. */
function createAsk(base: string, options: ClientOptions) {
  const send = createSend(options)
  const ask = async <Reply>(read: (text: string) => Reply, call: Call): Promise<Reply> => {
    const body = await send(call)
    try {
      return read(new TextDecoder().decode(body))
    } catch (cause) {
      throw unreachable(base, 'it replied with something that is no answer of Writ', cause)
    }
  }
  return {
    get: <Reply>(read: (text: string) => Reply, path: string, more = {}): Promise<Reply> =>
      ask(read, { method: 'GET', path, ...more }),
    post: <Reply>(read: (text: string) => Reply, call: Omit<Call, 'method'>): Promise<Reply> =>
      ask(read, { method: 'POST', ...call }),
    file: (path: string): Promise<Uint8Array | null> =>
      send({ method: 'GET', path }).catch(nullIfUnknown),
  }
}

function nullIfUnknown(thrown: unknown): null {
  const isNone = thrown instanceof Fault && /^(log-file|bundle)-unknown$/.test(thrown.code)
  if (isNone) return null
  throw thrown
}

function segment(name: string): string {
  return encodeURIComponent(name)
}

function queryOf(filters: DecisionFilters): string {
  const set = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return set.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(set)).toString()}`
}
