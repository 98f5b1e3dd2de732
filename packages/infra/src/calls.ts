import type { PortMethod } from '@writ/dynamo/operations'
import type { FunctionName } from './stage.ts'

/** The methods of the store's ports that each function calls; its permissions follow from them. A test compares it with what is called. */
export const calls: { readonly [name in FunctionName]: readonly PortMethod[] } = {
  decide: ['records.append', 'records.get', 'waivers.find'],
  read: [
    'records.append',
    ...([
      'records.get',
      'records.list',
      'waivers.list',
      'scorecards.get',
      'scorecards.list',
    ] as const),
    ...(['log.checkpoint', 'log.file', 'log.place'] as const),
  ],
  admin: ['waivers.put', 'waivers.get', 'records.get', 'records.erase'],
  fold: ['records.list', 'scorecards.stale', 'scorecards.save'],
  seal: [
    ...(['log.head', 'log.swapHead', 'log.pending', 'log.unsealed', 'log.putStage'] as const),
    ...(['log.stage', 'log.dropStages', 'log.putFiles', 'log.file', 'log.dropPartials'] as const),
    ...(['log.checkpoint', 'log.publish', 'log.mark'] as const),
    ...(['memory.last', 'memory.keep', 'records.append', 'records.get'] as const),
  ],
}
