import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A place for a store that is gone after the test. */
export function aPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'writ-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'writ.db')
}
