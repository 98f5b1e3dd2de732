// Stands in for the transport of aws-lambda-ric, a wrapper of curl that would have to be compiled: the same three calls, over
// node:http. All the rest that runs is AWS's own: how a handler is loaded, its context, errors, logs. Loaded by --import. Like
// the wrapper it loads none of undici, which an import of node:http as a module would.
import type { OutgoingHttpHeaders } from 'node:http'
import { registerHooks } from 'node:module'

const { Agent, request } = process.getBuiltinModule('node:http')
const agent = new Agent({ keepAlive: true, maxSockets: 1 }) // one socket, so that what was done arrives before what is asked next
const [host = '', port = ''] = (process.env['AWS_LAMBDA_RUNTIME_API'] ?? '').split(':')

function call(
  method: string,
  path: string,
  body?: string,
  headers: OutgoingHttpHeaders = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}`, headers },
      (response) => {
        let bodyJson = ''
        response.setEncoding('utf8')
        response.on('data', (text: string) => (bodyJson += text))
        response.on('end', () => resolve({ bodyJson, headers: response.headers }))
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

const json = { 'content-type': 'application/json' }
const transport = {
  initializeClient: () => undefined,
  next: () => call('GET', 'next'),
  done: (id: string, body: string) => void call('POST', `${id}/response`, body, json),
  error: (id: string, body: string) => void call('POST', `${id}/error`, body, json),
}
Object.assign(globalThis, { [Symbol.for('writ.transport')]: transport })

const url = 'writ:transport'
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('rapid-client.node')
      ? { url, format: 'commonjs', shortCircuit: true }
      : next(specifier, context),
  load: (asked, context, next) =>
    asked === url
      ? {
          format: 'commonjs',
          source: 'module.exports = globalThis[Symbol.for("writ.transport")]',
          shortCircuit: true,
        }
      : next(asked, context),
})
