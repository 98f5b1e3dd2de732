import { describe, expect, test } from 'vitest'
import { dynamodbLocalOver, startDynaliteOver } from './durable.ts'
import { killRounds } from './killing.ts'

const whole = { lost: [], twice: [], torn: [], countedTooOften: 0 }

test('dynalite on disk, killed while it is written to: what was acknowledged stands, once and whole', async () => {
  const killed = await killRounds({ start: startDynaliteOver, rounds: 4, seed: 20261129 })
  expect(killed).toMatchObject(whole)
  expect(killed.acknowledged).toBeGreaterThan(20)
})

const jars = process.env['WRIT_DYNAMODB_LOCAL'] ?? ''

describe.skipIf(jars === '')('DynamoDB Local', () => {
  test('on disk, killed while it is written to: what was acknowledged stands, once and whole', async () => {
    const killed = await killRounds({ start: dynamodbLocalOver(jars), rounds: 2, seed: 20261129 })
    expect(killed).toMatchObject(whole)
    expect(killed.acknowledged).toBeGreaterThan(2)
  })
})
