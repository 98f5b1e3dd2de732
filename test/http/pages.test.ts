import { faultCodes } from '@writ/domain'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, host, requests, type House } from './house.ts'

const evil = '<script>alert(1)</script>"\'&\u202egnp.exe\u0000'
const shop: House = aHouse()
const ids: string[] = []

async function decided(house: House, request: unknown, tenant = 'local'): Promise<string> {
  const response = await house.post('/v1/decisions', request, { 'writ-tenant': tenant })
  return ((await response.json()) as { id: string }).id
}

async function page(house: House, path: string): Promise<string> {
  const response = await house.ask(path, { headers: { accept: 'text/html' } })
  expect([path, response.status, response.headers.get('content-type')]).toEqual([
    path,
    200,
    'text/html; charset=utf-8',
  ])
  return response.text()
}

beforeAll(async () => {
  for (const request of [requests.deploy, requests.unapproved, requests.access, requests.config])
    ids.push(await decided(shop, request))
  await shop.post('/v1/waivers', {
    rule: 'deploy.approvals',
    environment: 'production',
    resource: { type: 'service', id: 'checkout' },
    reason: `A night fix ${evil}`,
    requested_by: 'ada',
    approved_by: 'grace',
    expires_at: '2026-12-01T00:00:00Z',
  })
  ids.push(await decided(shop, requests.unapproved))
  const hostile = { type: 'service', id: evil, properties: { team: evil } }
  const context = { environment: 'production', correlation: evil, change: { author: evil } }
  ids.push(
    await decided(shop, { ...requests.unapproved, subject: hostile, resource: hostile, context }),
  )
  for (const stale of await shop.store.scorecards.stale(10))
    await shop.store.scorecards.save(stale, {
      entity: stale.entity,
      level: 'none',
      levelWithoutExemptions: 'none',
      nextLevel: 'governed',
      nextStep: `Ask \`npx writ\` about ${evil}`,
      checks: [
        {
          check: 'deployments_decided',
          title: 'Every deployment was allowed',
          status: 'no_evidence',
          level: 'governed',
          message: evil,
          nextStep: null,
          records: [ids[0] ?? ''],
        },
      ],
      from: { records: 1, newest: null, truncated: true },
    })
})

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  )
}

/** Every page that can be reached from `/` by its links, with its text. */
async function crawl(house: House): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>()
  const waiting = ['/']
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (pages.has(path)) continue
    const response = await house.ask(path, { headers: { accept: 'text/html' } })
    expect([path, response.status]).toEqual([path, 200])
    const text = await response.text()
    pages.set(path, text)
    const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html')
    const links = isPage ? linksIn(text).map((link) => link.replace(/#.*$/, '')) : []
    waiting.push(...links.filter((link) => link !== ''))
  }
  return pages
}

test('every link of every page leads somewhere, and stays on this server', async () => {
  const pages = await crawl(shop)
  const paths = [...pages.keys()]
  expect(paths.filter((path) => !path.startsWith('/') || path.startsWith('//'))).toEqual([])
  for (const path of ['/services/checkout', '/policies/deploy.approvals', '/waivers', '/services'])
    expect(paths).toContain(path)
  expect(paths.filter((path) => path.startsWith('/decisions/'))).toHaveLength(ids.length)
  expect(paths.some((path) => path.startsWith('/assets/'))).toBe(true)
})

describe('whatever a caller sent', () => {
  test('is text on every page, and nothing can hide in it', async () => {
    for (const [path, text] of await crawl(shop)) {
      if (!text.startsWith('<!doctype')) continue
      expect([path, text.match(/<script|\son\w+=|javascript:|style=/gi)]).toEqual([path, null])
      // oxlint-disable-next-line no-control-regex -- characters that must not be there
      expect([path, text.match(/[\u0000\u202a-\u202e\u2066-\u2069]/)]).toEqual([path, null])
    }
    const whole = await page(shop, `/decisions/${ids.at(-1)}`)
    expect(whole).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(whole).toContain('⟨U+202E⟩gnp.exe⟨U+0000⟩')
  })

  test('cannot leave an attribute or an address', async () => {
    const text = await page(shop, `/?service=${encodeURIComponent('"><b>x</b>')}&limit=1`)
    expect(text).toContain('value="&quot;&gt;&lt;b&gt;x&lt;/b&gt;"')
    expect(text).not.toContain('<b>x')
  })
})

describe('a reader who cannot see the page', () => {
  test('finds one heading of the first level, a title, a language, and the way past the menu', async () => {
    for (const [path, text] of await crawl(shop)) {
      if (!text.startsWith('<!doctype')) continue
      const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
      expect([path, count(/<h1[\s>]/g), count(/<main id="main">/g), count(/<title>/g)]).toEqual([
        path,
        1,
        1,
        1,
      ])
      expect(text).toContain('<html lang="en">')
      expect(text).toContain('<a class="skip" href="#main">')
      expect([path, count(/<table/g)]).toEqual([path, count(/<caption/g)])
      expect([path, count(/<(input|select)(?![^>]*type="hidden")/g)]).toEqual([
        path,
        count(/<label/g),
      ])
      expect([path, text.match(/<th(?![^>]*scope=)[\s>]/)]).toEqual([path, null])
    }
  })

  test('hears the outcome in words', async () => {
    const [allowed = '', denied = ''] = ids
    expect(await page(shop, `/decisions/${allowed}`)).toContain(
      '<h1>Allowed: deploy checkout to production</h1>',
    )
    const text = await page(shop, `/decisions/${denied}`)
    expect(text).toContain('<h1>Denied: deploy checkout to production</h1>')
    expect(text).toContain('It may not go ahead: a mandatory rule failed.')
  })
})

test('a denied decision tells what to do, who may waive it, and shows the waiver to send', async () => {
  const text = await page(shop, `/decisions/${ids[1]}`)
  for (const part of [
    'Nobody approved the change to checkout',
    'How to fix it',
    'may be granted by security',
    'POST /v1/waivers',
    '&quot;rule&quot;: &quot;deploy.approvals&quot;',
    'Soft mandatory',
    'tester',
    '2026-11-25.1',
    `/v1/decisions/${ids[1]}/record`,
  ])
    expect(text).toContain(part)
})

test('what a rule in shadow found is folded away, and never stands as something to do', async () => {
  const request = {
    ...requests.unapproved,
    context: { ...requests.unapproved.context, environment: 'development' },
  }
  const text = await page(shop, `/decisions/${await decided(shop, request)}`)
  const [toDo = '', folded = ''] = text.split('1 finding of rules in shadow')
  expect(toDo).toContain('1 finding; none of them blocks.')
  expect(toDo).not.toContain('Nobody approved')
  expect(folded).toContain('Nobody approved the change to checkout')
})

test('a waived finding links the waiver that excuses it', async () => {
  const [waiver] = await shop.store.waivers.list('local', 1)
  const text = await page(shop, `/decisions/${ids[4]}`)
  expect(text).toContain(`href="/waivers#${waiver?.id}"`)
  expect(await page(shop, '/waivers')).toContain(`id="${waiver?.id}"`)
})

test('the form keeps the filters, and an empty field filters nothing', async () => {
  const text = await page(
    shop,
    '/?kind=deploy&outcome=deny&environment=&service=&from=2026-11-25&rule=',
  )
  expect(text).toMatch(/<option value="deploy"\s+selected/)
  expect(text).toMatch(/type="date"\s+name="from"\s+value="2026-11-25"/)
  expect(text).toContain('3 decisions shown')
})

test('older decisions are one link away, with the same filters', async () => {
  const text = await page(shop, '/?kind=deploy&limit=2')
  const next = linksIn(text).find((link) => link.includes('cursor='))
  expect(next).toContain('kind=deploy')
  expect(await page(shop, next ?? '')).toContain('Newest')
})

test('another tenant’s pages stay its own', async () => {
  const text = await page(shop, '/?tenant=sample')
  expect(text).toContain('Nothing has been decided for this tenant yet')
  expect(text).toContain('Writ-Tenant: sample')
  expect(text).toContain('<input type="hidden" name="tenant" value="sample" />')
  const elsewhere = linksIn(text).filter(
    (link) => link.startsWith('/') && !/tenant=|\/assets\//.test(link),
  )
  expect(elsewhere).toEqual(['/', '/'])
})

const problems: readonly [path: string, status: number, text: string][] = [
  ['/nothing', 404, 'There is nothing at this address'],
  ['/decisions/dec_nothing', 404, 'There is no such decision'],
  ['/services/nothing', 404, 'Nothing is recorded of this entity'],
  ['/?limit=0&colour=red', 422, 'must be a whole number from 1 to 200'],
  ['/?cursor=x', 422, 'The cursor is not one of this list'],
  ['/?tenant=nobody', 404, 'There is no such tenant'],
]
test.each(problems)('%s is a page that says what is wrong: %i', async (path, status, text) => {
  const response = await shop.ask(path, { headers: { accept: 'text/html,*/*' } })
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    'text/html; charset=utf-8',
  ])
  const shown = await response.text()
  expect(shown).toContain(text)
  expect(shown).toContain('req-1')
})

test('a service whose scorecard is still to come shows its decisions', async () => {
  const house = aHouse()
  const id = await decided(house, requests.deploy)
  const text = await page(house, '/services/checkout')
  expect(text).toContain('Its scorecard is on its way')
  expect(text).toContain(`href="/decisions/${id}"`)
})

test('the type of every problem is a page that says what to do', async () => {
  const response = await shop.ask('/v1/decisions?limit=0')
  const { type } = (await response.json()) as { type: string }
  expect(await page(shop, type)).toContain('<h1>The request has mistakes</h1>')
  const text = await page(shop, '/problems')
  const links = linksIn(text).filter((link) => link.startsWith('/problems/'))
  expect(links).toHaveLength(faultCodes.length)
  for (const link of links) expect(await page(shop, link)).toContain('What to do')
  expect((await shop.ask('/problems/nothing')).status).toBe(404)
})

test('records can be read while no bundle is active; policies cannot', async () => {
  const house = aHouse({ bundle: null })
  expect(await page(house, '/')).toContain('<h1>Decisions</h1>')
  expect((await house.ask('/policies', { headers: { accept: 'text/html' } })).status).toBe(503)
})

test('where there is nothing yet, the address to ask has the scheme by which the page was asked', async () => {
  for (const scheme of ['http', 'https']) {
    const request = new Request(`${scheme}://${host}/`, { headers: { host } })
    expect(await (await aHouse().fetch(request)).text()).toContain(
      `${scheme}://${host}/v1/decisions`,
    )
  }
})
