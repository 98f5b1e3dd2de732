import { Fault, type Json, type Verdict, type Waiver } from '@writ/domain'
import { readDecisionBody, readDecisionRequest, type WireAnswer } from '@writ/contract'
import {
  isBodyOf,
  type Entry,
  digestOf,
  leafHashOf,
  takeReceipt,
  verifyReceipt,
} from '@writ/ledger'
import { aBundle, aReceiptSigner, aWaiver, signReceipt } from '@writ/testkit'
import { describe, expect, test } from 'vitest'
import { createDecide, type Bundle, type Decide } from './index.ts'

const caller = { tenant: 'acme', principal: 'ci', roles: [] }

/** A bundle of one rule that finds what it is told to find, and remembers what it was shown. */
function finding(verdict: Verdict, seen: Json[] = []): Bundle {
  const bundle = aBundle({
    verdicts: { 'deploy.approvals': verdict },
    documentTypes: new Set(['kubernetes/Secret']),
    problems: (kind) => (kind === 'access' ? [{ pointer: '/kind', message: 'is not here' }] : []),
  })
  return {
    ...bundle,
    evaluate: (request, now) => {
      seen.push(...request.documents.map(({ content }) => content))
      return bundle.evaluate(request, now)
    },
  }
}

/** Records in memory. It keeps the promise of the port: what stands under an id stands for ever. */
function someRecords(): {
  entries: Map<string, Entry>
  append: (entry: Entry) => Promise<Entry>
  get: (tenant: string, id: string) => Promise<Entry | null>
} {
  const entries = new Map<string, Entry>()
  return {
    entries,
    append: async (entry) => {
      const stands = entries.get(entry.id) ?? entry
      entries.set(entry.id, stands)
      return stands
    },
    get: async (_, id) => entries.get(id) ?? null,
  }
}

type Setting = {
  readonly bundle?: Bundle | null
  readonly waivers?: readonly Waiver[]
  readonly records?: ReturnType<typeof someRecords>
}

function house({ bundle = finding('pass'), waivers = [], records = someRecords() }: Setting = {}) {
  let salt = 0
  const asked: string[] = []
  const decide: Decide = createDecide({
    engine: {
      active: () => {
        if (bundle === null) throw new Fault('bundle-not-ready', 'none')
        return bundle
      },
    },
    records,
    waivers: {
      find: async (tenant, about) => {
        asked.push(`${tenant} ${about.rules.join()}`)
        return waivers
      },
    },
    now: () => new Date('2026-11-25T10:00:00.000Z'),
    random: (count) => new Uint8Array(count).fill((salt += 1)),
    signReceipt,
  })
  return { decide, records, asked }
}

const deploy = {
  kind: 'deploy',
  subject: { type: 'user', id: 'ada' },
  action: { name: 'deploy' },
  resource: { type: 'service', id: 'checkout' },
  context: { environment: 'production', correlation: 'c0ffee' },
}

const submit = (value: Json) => readDecisionRequest(value)
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no fault',
    (thrown: unknown) => (thrown instanceof Fault ? thrown.code : 'not a Fault'),
  )
const answerIn = (text: string): WireAnswer => JSON.parse(text)

describe('a decision is recorded before it is answered', () => {
  test('the answer is the text in the record with a receipt for its leaf, and the leaf commits to the body', async () => {
    const { decide, records } = house()
    const { id, text } = await decide(caller, submit(deploy), null)
    const entry = records.entries.get(id)
    const taken = takeReceipt(text)
    expect(entry && readDecisionBody(entry.body.content).answer).toBe(taken?.answer)
    const verified = verifyReceipt(taken?.receipt ?? '', [aReceiptSigner.key])
    expect(verified).toMatchObject({
      status: 'verified',
      receipt: {
        log: 'example.com/log',
        id,
        leafHash: entry && leafHashOf(entry.leaf),
        answer: digestOf(taken?.answer ?? ''),
        sealedBy: '2026-11-25T10:05:00.000Z',
      },
    })
    expect(entry && isBodyOf(entry.leaf, entry.body)).toBe(true)
    expect(entry?.facets).toMatchObject({
      service: 'checkout',
      actor: 'ada',
      correlation: 'c0ffee',
    })
  })

  test('no record, no answer', async () => {
    const records = someRecords()
    const down = async () => {
      throw new Fault('records-unavailable', 'down')
    }
    const { decide } = house({ records: { ...records, append: down } })
    expect(await codeOf(decide(caller, submit(deploy), null))).toBe('records-unavailable')
    expect(records.entries.size).toBe(0)
  })

  test('no bundle, no answer and no record', async () => {
    const { decide, records } = house({ bundle: null })
    expect(await codeOf(decide(caller, submit(deploy), null))).toBe('bundle-not-ready')
    expect(records.entries.size).toBe(0)
  })

  test('a leaf says nothing of whom it is about', async () => {
    const { decide, records } = house()
    const { id } = await decide(caller, submit(deploy), null)
    const leaf = new TextDecoder().decode(records.entries.get(id)?.leaf)
    expect(leaf).not.toMatch(/ada|checkout/)
  })
})

describe('an Idempotency-Key names one attempt', () => {
  test('the same request again gets the same bytes, whatever the policies say by now', async () => {
    const records = someRecords()
    const first = await house({ records }).decide(caller, submit(deploy), 'k')
    const later = await house({ records, bundle: finding('fail') }).decide(
      caller,
      submit(deploy),
      'k',
    )
    const without = await house({ records, bundle: null }).decide(caller, submit(deploy), 'k')
    expect([later, without]).toEqual([first, first])
    expect(records.entries.size).toBe(1)
  })

  test('an entry that stands answers a request that would be refused today', async () => {
    const records = someRecords()
    const first = await house({ records }).decide(caller, submit(deploy), 'k')
    const refusing: Bundle = {
      ...finding('pass'),
      problems: () => [{ pointer: '', message: 'no' }],
    }
    const again = await house({ records, bundle: refusing }).decide(caller, submit(deploy), 'k')
    expect(again).toEqual(first)
  })

  test('another body under the same key is refused, and changes nothing', async () => {
    const { decide, records } = house()
    await decide(caller, submit(deploy), 'k')
    const other = { ...deploy, subject: { type: 'user', id: 'eve' } }
    expect(await codeOf(decide(caller, submit(other), 'k'))).toBe('idempotency-key-reused')
    expect(records.entries.size).toBe(1)
  })

  test('two bodies under one key at once: one is answered, the other refused', async () => {
    const { decide, records } = house()
    const other = { ...deploy, subject: { type: 'user', id: 'eve' } }
    const both = await Promise.allSettled(
      [deploy, other].map((body) => decide(caller, submit(body), 'k')),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(records.entries.size).toBe(1)
  })

  test('the same key of another principal or tenant is another attempt', async () => {
    const { decide, records } = house()
    await decide(caller, submit(deploy), 'k')
    await decide({ ...caller, principal: 'portal' }, submit(deploy), 'k')
    await decide({ ...caller, tenant: 'other' }, submit(deploy), 'k')
    expect(records.entries.size).toBe(3)
  })

  test('without a key each request is an attempt of its own', async () => {
    const { decide, records } = house()
    await decide(caller, submit(deploy), null)
    await decide(caller, submit(deploy), null)
    expect(records.entries.size).toBe(2)
  })
})

describe('mistakes', () => {
  const refused = async (value: Json): Promise<readonly string[]> => {
    const { decide, records } = house()
    const thrown: unknown = await decide(caller, submit(value), null).catch(
      (fault: unknown) => fault,
    )
    expect(records.entries.size).toBe(0)
    if (!(thrown instanceof Fault)) return []
    const { issues } = thrown.facts
    return Array.isArray(issues) ? issues.map(({ pointer }: { pointer: string }) => pointer) : []
  }

  test.each<[string, Json, readonly string[]]>([
    ['an environment that is not listed', { ...deploy, context: { environment: 'moon' } }, ['/context/environment']],
    ['a kind that does not exist', { ...deploy, kind: 'merge' }, ['/kind']],
    ['a kind that the pack lacks', { ...deploy, kind: 'access' }, ['/kind']],
    ['unknown fields, all of them', { ...deploy, a: 1, b: 2 }, ['/a', '/b']],
    ['wrong types, all of them', { ...deploy, subject: { type: 1, id: '' }, action: {} }, ['/subject/type', '/subject/id', '/action/name']],
    ['a wrong envelope, a kind that the pack lacks and an unlisted environment', { ...deploy, kind: 'access', x: 1, context: { environment: 'moon' } }, ['/x', '/kind', '/context/environment']],
    ['a body that is no object', [], ['']],
    ['documents that are no list', { ...deploy, kind: 'config', context: { documents: {} } }, ['/context/documents']],
    ['a document with mistakes beside a wrong subject', { ...deploy, kind: 'config', subject: 1, context: { documents: [{ type: 'x' }] } }, ['/subject', '/context/documents/0/id']],
  ])('%s', async (_, value, pointers) => {
    expect(await refused(value)).toEqual(pointers)
  }) // prettier-ignore
})

describe('waivers', () => {
  const waiver = aWaiver()

  test('one that covers the finding changes the effect, never the verdict', async () => {
    const { decide } = house({ bundle: finding('fail'), waivers: [waiver] })
    const answer = answerIn((await decide(caller, submit(deploy), null)).text)
    expect(answer.outcome).toBe('allow_with_advice')
    expect(answer.findings[0]).toMatchObject({
      verdict: 'fail',
      effect: 'waived',
      waiver: waiver.id,
    })
  })

  test.each<[Verdict, number]>([
    ['pass', 0],
    ['error', 0],
    ['unknown', 0],
    ['fail', 1],
  ])('after %s they are read %i times', async (verdict, times) => {
    const { decide, asked } = house({ bundle: finding(verdict), waivers: [waiver] })
    await decide(caller, submit(deploy), null)
    expect(asked).toHaveLength(times)
  })
})

describe('documents', () => {
  const secret = {
    type: 'kubernetes/Secret',
    id: 'shop/db',
    content: { kind: 'Secret', data: { password: 'aHVudGVyMg==' } },
  }
  const unread = { type: 'acme/Thing', id: 'x', content: { private: 'hunter2' } }
  const config = { ...deploy, kind: 'config', context: { documents: [secret, unread] } }

  test('a secret reaches neither a policy nor a record, nor does what no rule reads', async () => {
    const seen: Json[] = []
    const { decide, records } = house({ bundle: finding('pass', seen) })
    const { id } = await decide(caller, submit(config), null)
    const body = new TextDecoder().decode(records.entries.get(id)?.body.content)
    expect(JSON.stringify(seen)).not.toContain('aHVudGVyMg')
    expect(body).not.toMatch(/aHVudGVyMg|hunter2/)
    expect(body).toContain('sha256:')
  })
})
