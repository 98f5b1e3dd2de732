import { setImmediate } from 'node:timers/promises'
import { Fault } from '@writ/domain'
import { createWorkHandler, invocationId, readSettings } from '@writ/lambda'
import { createFold } from '@writ/service'
import { edgeParts, openStore, tableSettings } from './store.ts'

const edge = edgeParts('fold')
const store = openStore(readSettings(process.env, tableSettings), edge.metrics)
const foldOnce = createFold({ ...store, breathe: () => setImmediate() })

/** Folds what is stale; what could not be folded stays so, and is told. True where there may be more. */
async function pass(): Promise<boolean> {
  const { saved, failed } = await foldOnce()
  for (const { entity, cause } of failed) edge.log('fold', { entity: entity.entity }, cause)
  edge.metrics.add('Folded', saved, 'Count')
  edge.metrics.add('NotFolded', failed.length, 'Count')
  return saved > 0
}

let passed: { readonly invocation: string | null; readonly pass: Promise<boolean> } | null = null

/** Scorecards follow the records. One pass takes in every record that was there when it began: so one for a whole batch. */
export const handler = createWorkHandler({
  ...edge,
  onRecord: async (record) => {
    if (typeof record !== 'object' || record === null || !('dynamodb' in record))
      throw new Fault('request-malformed', 'This is no record of a DynamoDB stream')
    const invocation = invocationId()
    if (passed === null || passed.invocation !== invocation) passed = { invocation, pass: pass() }
    await passed.pass
  },
  onSchedule: async (isTimeLeft) => {
    while (isTimeLeft() && (await pass()));
  },
})
