import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import axe from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHouse, requests } from '../http/house.ts'

const executablePath = process.env['WRIT_CHROMIUM'] ?? ''
const house = aHouse({ isOurHost: (name) => name.startsWith('127.0.0.1:') })
let server: ServerType
let browser: Browser
let origin = ''
let denied = ''

/** What keeps Chromium from looking for hosts of its own, and lets root start it. */
const args = ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-sync']

async function decided(request: unknown): Promise<string> {
  const response = await house.post('/v1/decisions', request)
  return ((await response.json()) as { id: string }).id
}

beforeAll(async () => {
  await decided(requests.deploy)
  await decided(requests.config)
  denied = await decided(requests.unapproved)
  server = serve({ fetch: house.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  if (executablePath !== '') browser = await chromium.launch({ executablePath, args })
})

afterAll(async () => {
  await browser?.close()
  server.close()
})

/** Opens a page as it is served, without scripts; `said` collects what the browser complains of. */
async function open(path: string, said: string[] = []): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  page.on('console', (message) => said.push(message.text()))
  page.on('requestfailed', (request) => said.push(`${request.url()} failed`))
  page.on('response', (response) => {
    if (response.status() >= 400) said.push(`${response.url()}: ${response.status()}`)
  })
  await page.goto(origin + path)
  return page
}

/** The pages, each once; the decision's id is known only when the house stands. */
const paths: readonly [name: string, path: () => string][] = [
  ['decisions', () => '/'],
  ['one decision', () => `/decisions/${denied}`],
  ['services', () => '/services'],
  ['one service', () => '/services/checkout'],
  ['policies', () => '/policies'],
  ['one rule', () => '/policies/deploy.approvals'],
  ['waivers', () => '/waivers'],
  ['problems', () => '/problems'],
]

describe.runIf(executablePath !== '')('in Chromium, without JavaScript', () => {
  test.each(paths)('%s: nothing is refused, missing or complained of', async (_, path) => {
    const said: string[] = []
    const page = await open(path(), said)
    expect(said).toEqual([])
    await page.context().close()
  })

  test.each(paths)('%s: axe finds nothing against WCAG 2.2 AA', async (_, path) => {
    const context = await browser.newContext({ bypassCSP: true }) // axe is a script of ours, which the page's own rules keep out
    const page = await context.newPage()
    await page.goto(origin + path())
    await page.addScriptTag({ content: axe.source })
    const violations = await page.evaluate(async () => {
      const { axe: here } = globalThis as unknown as { axe: typeof axe }
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      const found = await here.run({ runOnly: { type: 'tag', values: tags } })
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    })
    expect(violations).toEqual([])
    await context.close()
  })

  test('the filters work by keyboard alone, and lead to the decision', async () => {
    const page = await open('/')
    await page.getByLabel('Outcome').focus()
    await page.keyboard.type('Den')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Filter' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/outcome=deny/)
    const link = page.locator(`a[href*="${denied}"]`).first()
    await link.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`/decisions/${denied}`))
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/Denied/)
    await page.context().close()
  })

  test('nothing runs out of a narrow screen', async () => {
    for (const [name, path] of paths) {
      const page = await open(path())
      await page.setViewportSize({ width: 360, height: 740 })
      const { width } = (await page.locator('body').boundingBox()) ?? { width: 0 }
      const main = (await page.locator('main').boundingBox()) ?? { width: 0 }
      expect([name, width <= 360, main.width <= 360]).toEqual([name, true, true])
      await page.context().close()
    }
  })
})
