import { describe, expect, test } from 'vitest'
import { parseOptions, usage, type Options } from './options.ts'

const options: Options = {
  port: 7171,
  data: '.writ',
  policies: '/shipped',
  sample: true,
  spool: null,
  dynamodbEndpoint: null,
  witnesses: null,
}

describe('the command line', () => {
  test.each<[string, string, Partial<Options>]>([
    ['nothing', '', {}],
    ['a port', '--port 8080', { port: 8080 }],
    ['any free port', '--port=0', { port: 0 }],
    ['folders', '--data /d --policies p', { data: '/d', policies: 'p' }],
    ['the store by name', '--store sqlite', {}],
    [
      'a store elsewhere',
      '--store dynamodb --dynamodb-endpoint http://127.0.0.1:8000',
      { dynamodbEndpoint: 'http://127.0.0.1:8000' },
    ],
    ['no sample', '--no-sample', { sample: false }],
    ['witnesses', '--witnesses w.policy', { witnesses: 'w.policy' }],
    ['the last of two', '--port 1 --port 2', { port: 2 }],
  ])('%s', (_, line, expected) => {
    expect(parseOptions(line.split(' ').filter(Boolean), '/shipped')).toEqual({
      status: 'start',
      options: { ...options, ...expected },
    })
  })

  test.each<[string, string, readonly string[]]>([
    ['an unknown option', '--prot 1', ['--prot is not an option that Writ knows', '“1” is not an option']],
    ['a word', 'start', ['“start” is not an option']],
    ['a port that is none', '--port 80a', ['--port must be a number from 0 to 65535, not “80a”']],
    ['a port out of range', '--port 65536', ['--port must be a number from 0 to 65535, not “65536”']],
    ['a value that is missing', '--data --no-sample', ['--data needs a value']],
    ['a value that is not wanted', '--no-sample=yes', ['--no-sample takes no value']],
    ['an unknown store', '--store mongo', ['--store must be sqlite or dynamodb, not “mongo”']],
    ['a store elsewhere, nobody says where', '--store dynamodb', ['--store dynamodb needs --dynamodb-endpoint, such as http://127.0.0.1:8000']],
    ['an endpoint that is none', '--store dynamodb --dynamodb-endpoint 8000', ['--dynamodb-endpoint must be an address such as http://127.0.0.1:8000, not “8000”']],
    ['an endpoint without its store', '--store sqlite --dynamodb-endpoint http://db', ['--dynamodb-endpoint goes with --store dynamodb']],
    ['an endpoint and no store', '--dynamodb-endpoint http://db', ['--dynamodb-endpoint goes with --store dynamodb']],
    ['tables nowhere', 'tables create --no-sample', ['tables create needs --dynamodb-endpoint URL', 'tables create takes no --no-sample']],
    ['something else with tables', 'tables drop', ['“tables” is not an option', '“drop” is not an option']],
    ['several mistakes', '--port x --what', ['--what is not an option that Writ knows', '--port must be a number from 0 to 65535, not “x”']],
  ])('%s is refused', (_, line, mistakes) => {
    expect(parseOptions(line.split(' '), '/shipped')).toEqual({ status: 'mistaken', mistakes })
  }) // prettier-ignore

  test('tables are created at an endpoint', () => {
    const line = ['tables', 'create', '--dynamodb-endpoint', 'http://db:8000']
    expect(parseOptions(line, '/shipped')).toEqual({
      status: 'create-tables',
      endpoint: 'http://db:8000',
    })
  })

  test('help outranks mistakes, and names every option', () => {
    expect(parseOptions(['--help', '--what'], '/shipped')).toEqual({ status: 'help' })
    for (const name of ['--port', '--data', '--policies', '--store', '--no-sample', '--help'])
      expect(usage).toContain(name)
  })
})
