import { localBounds } from '@writ/documents'
import { documentsOf } from '../../packages/cli/src/check/change-set.ts'
import { ignoresNothing } from '../../packages/cli/src/check/ignore.ts'
import { localJudge } from '../../packages/cli/src/check/judge.ts'
import { placeFindings } from '../../packages/cli/src/check/place.ts'
import { readFiles } from '../../packages/cli/src/check/read-files.ts'
import { walk } from '../../packages/cli/src/check/walk.ts'
import type { Desk } from '../../packages/cli/src/desk.ts'

const reading = { onProgress: () => undefined, isTouched: () => true, bounds: localBounds }

/** What a check does once its policies are loaded, without its words: reads a folder, has it judged and says where findings are. */
export async function readyCheck(
  desk: Desk,
  policies?: string,
): Promise<(folder: string) => Promise<number>> {
  const types = new Set(['kubernetes/Deployment.apps'])
  const judge = await localJudge({ policies, data: [], types, readBeside: () => [] }, desk)
  return async (folder) => {
    const read = readFiles(
      walk([folder], { cwd: desk.cwd, top: desk.cwd }, ignoresNothing),
      null,
      reading,
    )
    const findings = []
    for (const part of read.parts) {
      const { answer } = await judge({
        kind: 'config',
        subject: { type: 'user', id: 'bench' },
        action: { name: 'change' },
        resource: { type: 'repository', id: 'shop' },
        context: { documents: documentsOf(part) },
      })
      findings.push(...answer.findings)
    }
    return placeFindings(read.judged, findings, null).length
  }
}
