import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { transformSync } from 'esbuild'

const root = join(import.meta.dirname, '..', '..')

/** As JavaScript, so that what a start costs is not what taking out types costs. */
const transport = `data:text/javascript,${encodeURIComponent(
  transformSync(readFileSync(join(import.meta.dirname, 'transport.ts'), 'utf8'), { loader: 'ts' })
    .code,
)}`

/** What came of an invocation: what the handler gave back, or the error that the runtime reports. */
export type Invoked = { readonly ok: boolean; readonly value: unknown }

export type Booted = {
  /** What the runtime reported of a function that does not start; null when it waits for events. */
  readonly initError: unknown
  readonly invoke: (event: unknown) => Promise<Invoked>
  /** User and system time that the process took so far, in milliseconds. */
  readonly cpu: () => number
  /** Stops the process as Lambda freezes it between two invocations, and lets it go on. */
  readonly freeze: () => Promise<void>
  readonly thaw: () => void
  /** What it wrote, line by line. */
  readonly lines: () => readonly string[]
  readonly stop: () => Promise<void>
}

type Waiting = {
  readonly id: string
  readonly body: string
  readonly done: (invoked: Invoked) => void
}

type Wish = {
  /** Where the functions were built. */
  readonly built: string
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

/** Boots a built function under AWS's own runtime client, with the Runtime API (2018-06-01) on the loopback interface. */
export async function boot(
  name: string,
  { built, env, timeoutMs = 10_000 }: Wish,
): Promise<Booted> {
  const api = await runtimeApi(timeoutMs)
  const folder = join(built, name)
  const client = join(root, 'node_modules', 'aws-lambda-ric', 'index.mjs')
  const child = spawn(process.execPath, ['--import', transport, client, 'index.handler'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...lambdaEnv(name, folder, api.address), ...env },
  })
  const said: string[] = []
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes.toString('utf8')))
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes.toString('utf8')))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const died = (): never => {
    throw new Error(`the function ended by itself: ${said.join('')}`)
  }
  await Promise.race([api.ready, ended])
  return {
    initError: api.initError(),
    invoke: (event) => Promise.race([api.invoke(event), ended.then(died)]),
    cpu: () => cpuOf(child.pid ?? 0),
    freeze: () => frozen(child),
    thaw: () => void child.kill('SIGCONT'),
    lines: () =>
      said
        .join('')
        .split('\n')
        .filter((line) => line !== ''),
    stop: () => stopped(child, ended, api.close),
  }
}

const lookingAtNode = `
  const [folder, event] = process.argv.slice(1)
  const { handler } = await import(folder + '/index.mjs')
  const context = { awsRequestId: '1', getRemainingTimeInMillis: () => 10_000 }
  const { statusCode } = await handler(JSON.parse(event), context)
  if (statusCode !== 200) throw new Error('answered ' + statusCode)
  process.stdout.write('\\n' + JSON.stringify(process.moduleLoadList))`

/** The parts of Node that a function has loaded when it has answered its first event, in a process with nothing else in it. */
export async function loadedFor(
  name: string,
  event: unknown,
  { built, env }: Wish,
): Promise<readonly string[]> {
  const folder = join(built, name)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', lookingAtNode, folder, JSON.stringify(event)],
    { env: { ...lambdaEnv(name, folder, ''), ...env } },
  )
  return JSON.parse(stdout.split('\n').at(-1) ?? '')
}

function lambdaEnv(
  name: string,
  folder: string,
  address: string,
): Readonly<Record<string, string>> {
  return {
    PATH: process.env['PATH'] ?? '',
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: 'index.handler',
    AWS_LAMBDA_RUNTIME_API: address,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TZ: ':UTC',
  }
}

/** Resolves when the process stands still. */
async function frozen(child: ChildProcess): Promise<void> {
  child.kill('SIGSTOP')
  const state = (): string | undefined => statusOf(child.pid ?? 0)[0]
  while (state() !== 'T') await setImmediate()
}

/** Linux counts in hundredths of a second. */
/** To the nanosecond, of all threads there are; `stat` counts in steps of 10 ms, a tenth of a whole start. */
function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  const spent = threads.map((thread) => {
    const [onCpu = ''] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')
    return Number(onCpu) / 1e6
  })
  return spent.reduce((sum, one) => sum + one, 0)
}

/** What the kernel knows of a process, from its state on. */
function statusOf(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
}

async function stopped(
  child: ChildProcess,
  ended: Promise<void>,
  close: () => void,
): Promise<void> {
  child.kill('SIGKILL')
  await ended
  close()
}

async function runtimeApi(timeoutMs: number) {
  const queue: Waiting[] = []
  const idle: ServerResponse[] = []
  const running = new Map<string, Waiting>()
  let initError: unknown = null
  let isReady: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    isReady = resolve
  })
  const handOut = (): void => {
    const [next, response] = [queue[0], idle[0]]
    if (next === undefined || response === undefined) return
    queue.shift()
    idle.shift()
    running.set(next.id, next)
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.id,
      'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:writ',
    })
    response.end(next.body)
  }
  const posted = (path: string, body: string): void => {
    const [id = '', kind = ''] = path.split('/').slice(-2)
    if (id === 'init') {
      initError = JSON.parse(body)
      isReady()
      return
    }
    running.get(id)?.done({ ok: kind === 'response', value: JSON.parse(body) })
    running.delete(id)
  }
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.endsWith('/next') === true) {
      isReady()
      idle.push(response)
      handOut()
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}')
      posted(request.url ?? '', Buffer.concat(chunks).toString('utf8'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null)
    throw new Error('the Runtime API did not listen')
  return {
    address: `127.0.0.1:${address.port}`,
    ready,
    initError: () => initError,
    invoke: (event: unknown) =>
      new Promise<Invoked>((done) => {
        queue.push({ id: randomUUID(), body: JSON.stringify(event), done })
        handOut()
      }),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
