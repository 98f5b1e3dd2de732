import { changeSetBounds, localBounds, type NamedBytes } from '@writ/documents'
import { Fault, type JsonObject } from '@writ/domain'
import { callerOf } from '../caller.ts'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { namingFlags } from '../flags.ts'
import { withBaseline } from './baseline.ts'
import { changedFiles, realPathOf } from './changed-files.ts'
import { documentsOf, type Part } from './change-set.ts'
import { isForPeople, isForPrograms, print } from './formats.ts'
import type { Judge, Judged } from './judge.ts'
import { createProgress, type Progress } from './progress.ts'
import { readFiles, type FilesRead } from './read-files.ts'
import { failed, reportOf } from './report-of.ts'
import type { Report } from './report.ts'
import { correlationOf, gitFolderAbove, repositoryName } from './repository.ts'
import { seenFrom } from './seen-from.ts'
import { settle, type CheckFlags, type CheckOptions } from './settle.ts'
import type { Grant } from './waiver-requests.ts'
import { walk } from './walk.ts'

/** Reads files, has their documents judged as one change set, and says what was found. Gives the exit code. */
export async function check(
  paths: readonly string[],
  flags: CheckFlags,
  desk: Desk,
): Promise<number> {
  const options = await settle(flags, desk)
  const progress = createProgress(desk)
  const input = await inputOf(paths, desk)
  const named = paths.filter((path) => path !== '-')
  const base = { cwd: desk.cwd, top: gitFolderAbove(desk.cwd) ?? desk.cwd }
  const read = readFiles(walk(named, base, options.isIgnored), input, {
    onProgress: (done, of) => progress.show(`Reading ${done} of ${of} files`),
    isTouched: touchedBy(options, desk),
    bounds: options.server === undefined ? localBounds : changeSetBounds,
  })
  const repository = options.repository ?? repositoryName(named[0] ?? '.', desk)
  const judging = { options, desk, progress, repository }
  const grant = grantFor(repository, options, desk)
  const judged = await judgeParts(read, judging).catch((thrown: unknown) => {
    progress.clear()
    // A program that reads our output gets it whole where nothing could be judged, too; people read the message.
    if (isForPrograms(options.format)) print(failed(read, thrown, grant), options, desk)
    throw thrown
  })
  progress.clear()
  const report = withBaseline(reportOf(read, judged, { ...options, input, grant }), options, desk)
  print(isForPeople(options.format) ? seenFrom(report, base) : report, options, desk)
  return exitCodeOf(report)
}

const waiverDays = 30

/** What a waiver that a comment asks for would be granted with: for a month, unless whoever grants it says otherwise. */
function grantFor(repository: string, options: CheckOptions, desk: Desk): Grant {
  const { environment, server, tenant } = options
  const until = new Date(desk.now().getTime() + waiverDays * 86_400_000).toISOString()
  const { id } = callerOf(desk)
  const expires = `${until.slice(0, 10)}T00:00:00Z`
  return { repository, environment, requester: id, expires, server, tenant }
}

function touchedBy(
  { changedSince }: CheckOptions,
  desk: Desk,
): (found: { readonly file: string }) => boolean {
  if (changedSince === undefined) return () => true
  const isChanged = changedFiles(changedSince, desk)
  return ({ file }) => isChanged(realPathOf(file) ?? file)
}

function exitCodeOf({ allowed, denied }: Report): number {
  if (denied) return exitCodes.denied
  return allowed ? exitCodes.allowed : exitCodes.usage
}

const maxInput = 64_000_000

async function inputOf(paths: readonly string[], { readInput }: Desk): Promise<NamedBytes | null> {
  if (paths.includes(''))
    throw new Fault('request-invalid', 'A path is empty: is a variable in your command not set?')
  const count = paths.filter((path) => path === '-').length
  if (count > 1) throw new Fault('request-invalid', 'Standard input (-) can be read only once')
  return count === 0 ? null : { path: '-', bytes: await readInput(maxInput) }
}

type Judging = {
  readonly options: CheckOptions
  readonly desk: Desk
  readonly progress: Progress
  readonly repository: string
}

async function judgeParts(read: FilesRead, judging: Judging): Promise<readonly Judged[]> {
  const { parts } = read
  const { options, desk, progress } = judging
  if (parts.length === 0) return []
  progress.show('Getting the policies ready')
  const judge = await judgeOf(options, read, desk)
  const judged: Judged[] = []
  for (const [index, part] of parts.entries()) {
    progress.show(`Judging part ${index + 1} of ${parts.length}`)
    const place = parts.length === 1 ? null : { index, of: parts.length }
    judged.push(await judgeOne(judge, requestOf(read, judging, { part, place }), options))
  }
  return judged
}

async function judgeOf(
  options: CheckOptions,
  { types, readBeside }: FilesRead,
  desk: Desk,
): Promise<Judge> {
  const { localJudge, serviceJudge } = await import('./judge.ts')
  const { server, tenant, timeout, policies, data = [] } = options
  if (server === undefined) return localJudge({ policies, data, types, readBeside }, desk)
  const { createClient } = await import('@writ/client')
  const who = tenant === undefined ? {} : { tenant }
  const client = createClient({ server, timeoutMilliseconds: timeout * 1000, ...who })
  return serviceJudge(client, desk.newKey())
}

async function judgeOne(
  judge: Judge,
  request: JsonObject,
  { nameOf }: CheckOptions,
): Promise<Judged> {
  try {
    return await judge(request)
  } catch (thrown) {
    throw namingFlags(thrown, {
      '/context/environment': nameOf('environment'),
      '/context/service': nameOf('service'),
      '/resource/id': '--repository',
    })
  }
}

type Piece = {
  readonly part: Part
  readonly place: { readonly index: number; readonly of: number } | null
}

const maxUnreadNames = 100

function requestOf(
  { errors }: FilesRead,
  { options, desk, repository }: Judging,
  { part, place }: Piece,
): JsonObject {
  const { service, environment } = options
  const correlation = correlationOf(desk)
  const unread = [...new Set(errors.flatMap(({ file }) => file ?? []))].slice(0, maxUnreadNames)
  return {
    kind: 'config',
    subject: callerOf(desk),
    action: { name: 'change' },
    resource: { type: 'repository', id: repository },
    context: {
      ...(environment === undefined ? {} : { environment }),
      ...(service === undefined ? {} : { service }),
      ...(correlation === null ? {} : { correlation }),
      ...(place === null ? {} : { part: place }),
      // A record must not look like the whole change set where a part of it could not be read.
      ...(unread.length === 0 ? {} : { unread_files: unread }),
      documents: documentsOf(part),
    },
  }
}
