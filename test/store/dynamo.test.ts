import { recordsContract, scorecardsContract, waiversContract } from '@writ/testkit'
import { afterAll, beforeAll, describe } from 'vitest'
import { overTables, startDynalite, type Running } from './dynamo.ts'

describe('DynamoDB as dynalite plays it', () => {
  let running: Running
  beforeAll(async () => {
    running = await startDynalite()
  })
  afterAll(() => running.stop())
  const open = overTables(() => running.endpoint)
  describe('records', () => recordsContract(open))
  describe('waivers', () => waiversContract(open))
  describe('scorecards', () => scorecardsContract(open))
})
