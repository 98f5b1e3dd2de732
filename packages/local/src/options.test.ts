import { describe, expect, test } from 'vitest'
import { parseOptions, usage } from './options.ts'

const options = { port: 7171, data: '.writ', policies: '/shipped', sample: true }

describe('the command line', () => {
  test.each<[string, string, Partial<typeof options>]>([
    ['nothing', '', {}],
    ['a port', '--port 8080', { port: 8080 }],
    ['any free port', '--port=0', { port: 0 }],
    ['folders', '--data /d --policies p', { data: '/d', policies: 'p' }],
    ['the store by name', '--store sqlite', {}],
    ['no sample', '--no-sample', { sample: false }],
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
    ['an unknown store', '--store mongo', ['--store must be sqlite, not “mongo”']],
    ['a store that comes later', '--store dynamodb', ['--store dynamodb comes with a later version; until then leave it out, and Writ keeps its records in a SQLite file']],
    ['several mistakes', '--port x --what', ['--what is not an option that Writ knows', '--port must be a number from 0 to 65535, not “x”']],
  ])('%s is refused', (_, line, mistakes) => {
    expect(parseOptions(line.split(' '), '/shipped')).toEqual({ status: 'mistaken', mistakes })
  }) // prettier-ignore

  test('help outranks mistakes, and names every option', () => {
    expect(parseOptions(['--help', '--what'], '/shipped')).toEqual({ status: 'help' })
    for (const name of ['--port', '--data', '--policies', '--store', '--no-sample', '--help'])
      expect(usage).toContain(name)
  })
})
