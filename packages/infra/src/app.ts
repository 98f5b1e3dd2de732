import type { Stage } from './stage.ts'

/** What `sst.config.ts` says of the app at this stage. */
export function appOf({ name, keepsRecords }: Stage, { region }: { readonly region: aws.Region }) {
  return {
    name: 'writ',
    version: '4.17.1',
    home: 'aws' as const,
    removal: keepsRecords ? ('retain-all' as const) : ('remove' as const),
    protect: keepsRecords,
    providers: {
      aws: {
        region,
        defaultTags: { tags: { service: 'writ', stage: name } },
      },
    },
  }
}
