import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readHouse, violationsOf, type House, type Room } from './architecture.ts'

const house = readHouse(join(import.meta.dirname, '..'))

test('the house keeps its own rules', () => {
  expect(violationsOf(house)).toEqual([])
})

test('every room of the house is read', () => {
  expect(house.rooms.length).toBeGreaterThanOrEqual(15)
  expect(house.rooms.flatMap(({ sources }) => sources).length).toBeGreaterThan(60)
})

test.each(['decide', 'read', 'admin', 'fold', 'seal'])(
  'the function %s only puts parts together, in at most 40 lines',
  (name) => {
    const file = join(import.meta.dirname, '..', 'functions', `${name}.ts`)
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  },
)

describe('a violation of each kind is caught', () => {
  const planted: readonly [string, string, string, RegExp][] = [
    ['an import that looks up', 'domain', "import { createDecide } from '@writ/service'", /not declared|may not see/],
    ['an import that looks sideways', 'sqlite', "import { createApp } from '@writ/http'", /not declared|may not see/],
    ['an import past the surface', 'service', "import { x } from '@writ/ledger/src/id.ts'", /past the surface/],
    ['an undeclared room', 'contract', "import { x } from '@writ/ledger'", /not declared/],
    ['outside code that is not the room’s', 'service', "import * as z from 'zod'", /may not use zod/],
    ['node in the domain', 'domain', "import { readFileSync } from 'node:fs'", /may not use node:fs/],
    ['a dynamic import', 'domain', "const z = await import('zod')", /may not use zod/],
    ['a re-export', 'domain', "export { z } from 'zod'", /may not use zod/],
    ['a room that is not there', 'cli', "import { x } from '@writ/nowhere'", /not declared|may not see/],
  ] // prettier-ignore
  test.each(planted)('%s', (_, name, line, expected) => {
    const found = violationsOf(
      withSource(name, { path: `packages/${name}/src/planted.ts`, text: line }),
    )
    expect(found.join('\n')).toMatch(expected)
  })

  test.each([
    ['domain', '@writ/service'],
    ['sqlite', '@writ/http'],
    ['cli', '@writ/local'],
    ['testkit', '@writ/http'],
  ])('%s may not see %s even when it is declared', (name, target) => {
    const text = `import { x } from '${target}'`
    const declared = withSource(name, { path: `packages/${name}/src/planted.ts`, text }, target)
    expect(violationsOf(declared).join('\n')).toMatch(/may not see/)
  })

  test('a forbidden folder name', () => {
    const folders = [...house.folders, 'packages/http/src/utils']
    expect(violationsOf({ ...house, folders })).toHaveLength(1)
  })

  test('an import cycle', () => {
    const cycle = withSource(
      'domain',
      { path: 'packages/domain/src/a.ts', text: "import { b } from './b.ts'" },
      { path: 'packages/domain/src/b.ts', text: "import type { a } from './a.ts'" },
    )
    expect(violationsOf(cycle).join('\n')).toMatch(/imports itself/)
  })

  test('an empty room', () => {
    const empty: Room = { name: 'domain', declared: [], sources: [] }
    const rooms = house.rooms.map((room) => (room.name === 'domain' ? empty : room))
    expect(violationsOf({ ...house, rooms }).join('\n')).toMatch(/empty room/)
  })
})

function withSource(name: string, ...added: readonly (Room['sources'][number] | string)[]): House {
  const sources = added.filter((one) => typeof one !== 'string')
  const declared = added.filter((one) => typeof one === 'string')
  const rooms = house.rooms.map((room) =>
    room.name === name
      ? {
          ...room,
          sources: [...room.sources, ...sources],
          declared: [...room.declared, ...declared],
        }
      : room,
  )
  return { ...house, rooms }
}
