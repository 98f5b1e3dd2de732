import type { CheckDefaults } from '@writ/contract'

export type Format = NonNullable<CheckDefaults['format']>

const names: Readonly<Record<Format, true>> = {
  text: true,
  json: true,
  github: true,
  sarif: true,
  junit: true,
  table: true,
}

export const formats: readonly string[] = Object.keys(names)
