import { afterAll, expect, test } from 'vitest'
import { decide, example, get, scratch, startWrit, type Server } from './server.ts'

const folder = scratch()
afterAll(folder.remove)

const start = (): Promise<Server> => startWrit(['--data', folder.path('data'), '--no-sample'])

/** Asks over and over until the server is gone, and keeps what was answered: a tally that no store wrote. */
async function askUntilDead(server: Server, onAnswer: (id: string, text: string) => void) {
  const request = example('deploy-allowed')
  try {
    for (;;) {
      const { status, text, json } = await decide(server, request)
      if (status === 200) onAnswer(json.id, text)
    }
  } catch {
    return // the connection broke: the server is dead, and what it owed was never received
  }
}

test.each([7, 40, 90])(
  'killed in the middle of requests, after %i answers: each is there afterwards, byte for byte',
  async (count) => {
    const server = await start()
    const tally = new Map<string, string>()
    const clients = Array.from({ length: 8 }, () =>
      askUntilDead(server, (id, text) => {
        tally.set(id, text)
        if (tally.size === count) void server.stop('SIGKILL')
      }),
    )
    await Promise.all(clients)
    expect(tally.size).toBeGreaterThanOrEqual(count)
    const again = await start()
    for (const [id, text] of tally)
      expect(await get(again, `/v1/decisions/${id}`)).toMatchObject({ status: 200, text })
    expect(await again.stop('SIGTERM')).toBe(0)
  },
)
