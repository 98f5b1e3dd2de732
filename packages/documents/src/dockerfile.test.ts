import type { Json } from '@writ/domain'
import { describe, expect, test } from 'vitest'
import { createLocator, limits, masked, readDocuments, type FileReading } from './index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, path = 'Dockerfile'): FileReading =>
  readDocuments({ path, bytes: bytes(text) })

function contentOf(text: string, path?: string): Json {
  const reading = read(text, path)
  if (reading.status !== 'documents') throw new Error(JSON.stringify(reading))
  return reading.documents[0]?.content ?? null
}

/** What a reading says, in one line. */
function said(reading: FileReading): string {
  switch (reading.status) {
    case 'documents':
      return reading.documents.map(({ type, id }) => `${type} ${id}`).join(', ')
    case 'skipped':
      return `skipped: ${reading.hint}`
    case 'unknown':
      return 'unknown'
    case 'broken':
      return `broken ${reading.format} ${reading.line}: ${reading.message}`
  }
}

describe('a Dockerfile is known by its name, or by every line of it', () => {
  const file = 'FROM alpine:3.22\nRUN apk add curl\n'
  const cases: readonly [string, string, string, string][] = [
    ['its name', 'shop/Dockerfile', file, 'dockerfile shop/Dockerfile'],
    ['in lower case', 'dockerfile', file, 'dockerfile dockerfile'],
    ['for another builder', 'Containerfile', file, 'dockerfile Containerfile'],
    ['of one variant', 'Dockerfile.alpine-3', file, 'dockerfile Dockerfile.alpine-3'],
    ['a name before it', 'web.Dockerfile', file, 'dockerfile web.Dockerfile'],
    ['another name, by its content', 'build/Image', file, 'dockerfile build/Image'],
    ['standard input, by its content', '-', `# syntax=docker/dockerfile:1\n${file}`, 'dockerfile -'],
    ['a byte order mark and CRLF', 'Dockerfile', `\uFEFF${file.replaceAll('\n', '\r\n')}`, 'dockerfile Dockerfile'],
    ['what a build leaves out', 'Dockerfile.dockerignore', '*.md\n', 'unknown'],
    ['words about one', 'Dockerfile.md', `# How\n${file}`, 'dockerfile Dockerfile.md'],
    ['prose that begins like one', 'notes', 'From here on:\nrun it\nas you like\n', 'unknown'],
    ['SQL', 'query.sql', 'FROM orders\nSELECT *\n', 'unknown'],
    ['a mail', 'mail', 'From root@x Mon\nSubject: no\n', 'unknown'],
    ['nothing', 'Dockerfile', '\n', 'skipped: it is empty'],
    ['a piece of one', 'Dockerfile.common', 'RUN make\n', 'skipped: it has no FROM, so nothing can be built from it as it stands: check the Dockerfile that takes it in'],
    ['a template', 'Dockerfile.tmpl', 'FROM alpine\n{{ if .x }}\nRUN x\n{{ end }}\n', 'skipped: it is a template of a Dockerfile: check the file that is made of it'],
    ['an unknown instruction', 'Dockerfile', `${file}\nRUNN make\n`, 'broken dockerfile 4: RUNN is no instruction of a Dockerfile'],
    ['a comment does not continue a line', 'Dockerfile', `${file}# a \\\nmake\n`, 'broken dockerfile 4: MAKE is no instruction of a Dockerfile'],
    ['an instruction before the first stage', 'Dockerfile', `RUN x\n${file}`, 'broken dockerfile 1: RUN stands before the first FROM, where only ARG may'],
    ['an empty instruction', 'Dockerfile', `${file}USER\n`, 'broken dockerfile 3: USER says nothing: give it its value, or remove it'],
    ['a torn FROM', 'Dockerfile', 'FROM a b\n', 'broken dockerfile 1: FROM is written FROM IMAGE, or FROM IMAGE AS NAME'],
    ['a variable without a value', 'Dockerfile', `${file}ENV A=1 B\n`, 'broken dockerfile 3: ENV gives B no value: write B=VALUE'],
    ['a template, by its name', 'Dockerfile.template', `${file}ESAC\n`, 'skipped: it is a template of a Dockerfile: check the file that is made of it'],
    ['half a character', 'Dockerfile', `${file}CMD ["\\ud800"]\n`, 'broken dockerfile 3: CMD holds half a character as an escape: write both halves'],
    ['too many instructions', 'Dockerfile', `FROM a\n${'USER a\n'.repeat(limits.instructions)}`, 'broken dockerfile 5001: more than 5000 instructions: split the Dockerfile'],
    ['too long', 'Dockerfile', `FROM a\n# ${'a'.repeat(limits.dockerfile)}`, 'broken dockerfile 1: the Dockerfile is larger than 1000000 characters: split it'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, path, text, expected) => expect(said(read(text, path))).toBe(expected))

  test('bytes that are no text are told, not guessed at', () => {
    const reading = readDocuments({ path: 'Dockerfile', bytes: Uint8Array.of(0x46, 0xff, 0x0a) })
    expect(said(reading)).toBe(
      'broken dockerfile 1: the file is not UTF-8 from this line on: save it as UTF-8',
    )
  })
})

describe('stages', () => {
  test('know their base, with the arguments before them filled in', () => {
    const text = `ARG TAG=3.22
ARG BASE=alpine:\${TAG}
ARG NONE
FROM --platform=$BUILDPLATFORM \${BASE} AS Build
FROM build as test
FROM node:\${NONE:-24}
FROM "alpine:$TAG"
FROM \${TAG:+debug-}node\${NONE:+-debug}
FROM node:$NONE
FROM scratch
`
    expect(contentOf(text)).toMatchObject({
      arguments: [
        { name: 'TAG', value: '3.22', line: 1 },
        { name: 'BASE', value: 'alpine:${TAG}', line: 2 },
        { name: 'NONE', value: null, line: 3 },
      ],
      stages: [
        { name: 'build', base: 'alpine:3.22', written: '${BASE}', stage: null, platform: '$BUILDPLATFORM', line: 4 }, // prettier-ignore
        { name: 'test', base: 'build', stage: 0, line: 5 },
        { name: null, base: 'node:24', stage: null },
        { base: 'alpine:3.22' },
        { base: 'debug-node', stage: null },
        { base: 'node:$NONE' },
        { base: 'scratch' },
      ],
    })
  })
})

/** The instructions of one stage. */
function instructions(text: string): readonly Json[] {
  const content = contentOf(`FROM a\n${text}`)
  const { stages } = content as unknown as { stages: { instructions: Json[] }[] }
  return stages[0]?.instructions ?? []
}

describe('instructions', () => {
  const cases: readonly [string, string, object][] = [
    ['the shell form', 'cmd npm  start', { keyword: 'CMD', form: 'shell', text: 'npm  start', args: ['npm', 'start'] }],
    ['the JSON form', 'CMD ["npm", "run start"]', { form: 'exec', args: ['npm', 'run start'] }],
    ['what only looks like JSON', "CMD ['npm']", { form: 'shell', args: ["['npm']"] }],
    ['a list where none is read', 'USER ["a"]', { form: 'shell', args: ['["a"]'] }],
    ['nothing to run', 'CMD', { form: 'shell', args: [] }],
    ['flags', 'COPY --from=build --link --chown=1:1 a b', { flags: [{ name: 'from', value: 'build' }, { name: 'link', value: '' }, { name: 'chown', value: '1:1' }], args: ['a', 'b'] }],
    ['a joint inside a word', 'USER no\\\nbody', { args: ['nobody'], line: 2 }],
    ['comments and empty lines inside', 'EXPOSE 80 \\\n# why\n\n  443', { args: ['80', '443'] }],
    ['blanks behind the joint', 'EXPOSE 80 \\  \n 443', { args: ['80', '443'] }],
    ['pairs', `ENV A=1 B="two words" C='x y' D=a\\ b E=`, { pairs: [{ name: 'A', value: '1' }, { name: 'B', value: 'two words' }, { name: 'C', value: 'x y' }, { name: 'D', value: 'a b' }, { name: 'E', value: '' }] }],
    ['quotes in pairs, as the builder takes them off', `ENV A='a "b" \\ c' B="it's \\"x\\" \\n" C=a\\"b D="$X"y E=a\\`, { pairs: [{ value: 'a "b" \\ c' }, { value: `it's "x" \\n` }, { value: 'a"b' }, { value: '$Xy' }, { value: 'a' }] }],
    ['pairs know their own lines', 'ENV A=1 \\\n# why\n B="2\\\n 3" \\\n C=4 \\\n', { line: 2, pairs: [{ name: 'A', line: 2 }, { name: 'B', value: '2 3', line: 4 }, { name: 'C', value: '4', line: 6 }] }],
    ['quotes in the old form', 'ENV A "b c"', { pairs: [{ name: 'A', value: 'b c' }] }],
    ['quotes in flags', 'COPY --chown="a:b c" --from=\'x\' a b', { flags: [{ name: 'chown', value: 'a:b c' }, { name: 'from', value: 'x' }], args: ['a', 'b'] }],
    ['the JSON form of a check', 'HEALTHCHECK --interval=5s CMD ["a b", "c"]', { form: 'exec', args: ['CMD', 'a b', 'c'] }],
    ['the old form of a pair', 'ENV PATH /bin:/usr/bin here', { pairs: [{ name: 'PATH', value: '/bin:/usr/bin here' }] }],
    ['arguments', 'ARG A B=c', { pairs: [{ name: 'A', value: null }, { name: 'B', value: 'c' }] }],
    ['a file written in place', 'COPY <<EOF /etc/motd\nhello\nEOF', { heredocs: [{ name: 'EOF', text: 'hello', line: 3 }] }],
  ] // prettier-ignore
  test.each(cases)('%s', (_, text, expected) =>
    expect(instructions(text)).toMatchObject([expected]),
  )

  test('another escape character leaves backslashes alone', () => {
    const text =
      '# escape=`\nFROM a\nCOPY --from="b\\" x `\n  c:\\\nENV A=c:\\d `\n B="c:\\`"d" C=`\'\n'
    expect(contentOf(text)).toMatchObject({
      stages: [
        {
          instructions: [
            { flags: [{ value: 'b\\' }], args: ['x', 'c:\\'] },
            { line: 5, pairs: [{ value: 'c:\\d' }, { value: 'c:\\"d', line: 6 }, { value: "'" }] },
          ],
        },
      ],
    })
  })

  test('a long line of blanks takes no time', () => {
    const text = `RUN a${' '.repeat(300_000)}b:${'c:'.repeat(300_000)}`
    expect(instructions(text)).toMatchObject([{ args: ['a', expect.any(String)] }])
  })

  test('a flag whose quotes never end takes no time', () => {
    expect(instructions(`COPY --chown=${'\\a'.repeat(100_000)}" a b`)).toMatchObject([
      { flags: [] },
    ])
  })

  test('what looks like a heredoc and never ends is none', () => {
    expect(instructions('RUN echo " <<EOF "\nUSER a')).toMatchObject([
      { keyword: 'RUN' },
      { keyword: 'USER', line: 3 },
    ])
  })

  test('two heredocs follow each other', () => {
    const text = 'COPY <<A <<-"B" /x/\n1\nA\n\t2\n\tB\nUSER a'
    expect(instructions(text)).toMatchObject([
      {
        heredocs: [
          { name: 'A', text: '1', line: 3 },
          { name: 'B', text: '\t2', line: 5 },
        ],
      },
      { keyword: 'USER', line: 7 },
    ])
  })
})

describe('the commands of a RUN', () => {
  const commands = (text: string): readonly string[] =>
    instructions(text)
      .flatMap((one) => (one as unknown as { commands?: Shown[] }).commands ?? [])
      .map(({ words, line, piped, assignments }) =>
        [`${line}:`, ...assignments, ...words, ...(piped ? ['|'] : [])].join(' '),
      )
  type Shown = { words: string[]; line: number; piped: boolean; assignments: string[] }

  const cases: readonly [string, string, readonly string[]][] = [
    ['one after another', 'RUN a 1 && b; c || d & e', ['2: a 1', '2: b', '2: c', '2: d', '2: e']],
    ['their own lines', 'RUN a \\\n # why\n && b \\\n    c \\\n && d', ['2: a', '4: b c', '6: d']],
    ['the first below its keyword', 'RUN --mount=type=cache,target=/x \\\n  a', ['3: a']],
    ['a pipe', 'RUN curl -s x | sh -', ['2: curl -s x |', '2: sh -']],
    ['a pipe out of a group', 'RUN (curl x) |& sh', ['2: curl x |', '2: sh']],
    ['quotes', `RUN a "b \\" c" 'd | e' f\\ g`, ['2: a b " c d | e f g']],
    ['redirections', 'RUN a 2>&1 >/dev/null <in 3 && b &>c', ['2: a 3', '2: b']],
    ['what is nested stays a word, and comes after it', 'RUN a "$(b | c)" $(d; e) <(f | g) ${h:-i j}', ['2: a $(b | c) $(d; e) <(f | g) ${h:-i j}', '2: b |', '2: c', '2: d', '2: e', '2: f |', '2: g']],
    ['what is nested in what is nested', 'RUN A="$(b $(c)\\\n d)" && e `f` "`g`"', ['2: A=$(b $(c) d)', '3: e `f` `g`', '2: b $(c) d', '2: c', '3: f', '3: g']],
    ['neither arithmetic nor single quotes', "RUN a $((1 + 2)) '$(b)' '`c`' \\`", ["2: a $((1 + 2)) $(b) `c` `"]],
    ['no deeper than five', `RUN ${'$(a '.repeat(9)}${')'.repeat(9)}`, ['$(a '.repeat(9), ...[8, 7, 6, 5, 4].map((times) => `a ${'$(a '.repeat(times)}`)].map((text, at) => `2: ${text}${')'.repeat(at === 0 ? 9 : 9 - at)}`)],
    ['backslashes in double quotes', `RUN a "\\s\\"\\$"`, ['2: a \\s"$']],
    ['words of the shell', 'RUN if a; then b; fi; for x in 1; do c; done; { d; }', ['2: a', '2: b', '2: for x in 1', '2: c', '2: d']],
    ['variables before a command', 'RUN A=1 B=2 c D=3', ['2: A=1 B=2 c D=3']],
    ['comments', 'RUN <<EOF\na # b\n# c\nd#e\nEOF', ['3: a', '5: d#e']],
    ['a script in place', 'RUN <<-EOF\n\ta\n\tb |\n\tc\n\tEOF', ['3: a', '4: b |', '5: c']],
    ['a script of a shell', 'RUN bash -e <<EOF\na\nEOF', ['2: bash -e', '3: a']],
    ['a script with its interpreter', 'RUN <<EOF\n#!/usr/bin/env bash\na\nEOF', ['4: a']],
    ['a script in another language', 'RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF', []],
    ['a text for another command', 'RUN cat <<EOF >/x\ncurl | sh\nEOF', ['2: cat']],
    ['a script as a word', `RUN sh -ec 'a | b'`, ['2: sh -ec a | b', '2: a |', '2: b']],
    ['the JSON form', 'RUN ["/bin/bash", "-c", "a && b"]', ['2: /bin/bash -c a && b', '2: a', '2: b']],
    ['not those of another language', 'SHELL ["powershell", "-Command"]\nRUN a; b', []],
    ['those of a shell that was named', 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a', ['3: a']],
    ['a quote that is never closed', 'RUN a "b', ['2: a b']],
  ] // prettier-ignore
  test.each(cases)('%s', (_, text, expected) => expect(commands(text)).toEqual(expected))
})

describe('a pointer leads to the line where it is written', () => {
  const text = 'FROM a\n\nRUN b \\\n && c\nFROM d\nUSER e\n'
  const cases: readonly [string | null, number][] = [
    [null, 1],
    ['/stages/0/instructions/0', 3],
    ['/stages/0/instructions/0/commands/1/words/0', 4],
    ['/stages/0/instructions/0/text', 3],
    ['/stages/1', 5],
    ['/stages/1/base', 5],
    ['/stages/1/instructions/0/args/0', 6],
    ['/stages/1/instructions/9', 5],
  ]
  test.each(cases)('%s', (pointer, line) => {
    const locator = createLocator({ path: 'Dockerfile', bytes: bytes(text) }, new Map())
    expect(locator(0, pointer)).toEqual({ line, column: 1 })
  })
})

describe('what a variable with a secret name is given is masked', () => {
  const cases: readonly [string, string | null][] = [
    ['ENV DB_PASSWORD=hunter2', masked],
    ['ENV DB_PASSWORD hunter2', masked],
    ['ARG NPM_TOKEN="hunter2"', masked],
    ['ARG NPM_TOKEN', null],
    ['ENV DB_PASSWORD=$DB_PASSWORD', '$DB_PASSWORD'],
    ['ENV ALLOW_EMPTY_PASSWORD=yes', 'yes'],
    ['ENV SECRET_KEY=dummy', 'dummy'],
    ['ENV SECRET_KEY=build-time-dummy', 'build-time-dummy'],
    ['ENV SECRET_KEY=dummy4me', masked],
    ['ENV SECRET_KEY=fake-9f86d081', masked],
    ['ENV DB_PASSWORD_FILE=/run/secrets/db', '/run/secrets/db'],
    ['ENV TLS_PRIVATE_KEY=/opt/tls/tls.pem', '/opt/tls/tls.pem'],
    ['ENV DB_PASSWORD=/hunter2', masked],
    ['ENV DB_PASSWORD=/hunter2/+x==', masked],
    ['ENV GREETING=hunter2', 'hunter2'],
  ]
  test.each(cases)('%s', (text, value) =>
    expect(instructions(text)).toMatchObject([{ pairs: [{ value }] }]),
  )

  const elsewhere: readonly [string, string, string][] = [
    ['an address', 'ENV DB=postgres://shop:hunter2@db/shop', 'postgres://shop:(masked)@db/shop'],
    ['an address of a command', 'RUN git clone https://x:hunter2@git.example/a', 'https://x:(masked)@git.example/a'],
    ['a source', 'ADD https://x:hunter2@files.example/a /a', 'https://x:(masked)@files.example/a'],
    ['a variable before a command', 'RUN DB_PASSWORD="hunter2 x" ./migrate', 'DB_PASSWORD=(masked)'],
    ['a variable that is exported', 'RUN export DB_PASSWORD=hunter2', 'DB_PASSWORD=(masked)'],
    ['an option', 'RUN mysql --password=hunter2', '--password=(masked)'],
    ['an option of npm', 'RUN npm config set //npm.example/:_authToken=hunter2', '//npm.example/:_authToken=(masked)'],
    ['a password that is told', `RUN echo 'root:hunter2' | chpasswd`, 'root:(masked)'],
    ['in words of several lines', `RUN <<EOF\nprintf "a:hunter2\nb:hunter2\n" | sudo chpasswd\nEOF`, 'a:(masked)'],
    ['a check', 'HEALTHCHECK CMD curl https://x:hunter2@a.example/', 'https://x:(masked)@a.example/'],
    ['a text in place', 'COPY <<EOF /.npmrc\n//npm.example/:_authToken=hunter2\nEOF', '//npm.example/:_authToken=(masked)'],
  ] // prettier-ignore
  test.each(elsewhere)('so is %s', (_, text, shown) => {
    const json = JSON.stringify(instructions(text))
    expect(json).toContain(shown)
    expect(json).not.toContain('hunter2')
  })

  test.each([
    'RUN docker buildx build --secret=id=a .',
    'RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci',
    'RUN echo "$USER:$PASS" | chpasswd',
    'RUN curl -H "Authorization: $TOKEN" https://a.example/@b:c',
    'RUN adduser --disabled-password a:b',
    'RUN PASSWORD=$(cat /run/secrets/x) ./a --token=`b`',
  ])('%s hides nothing', (text) => expect(JSON.stringify(instructions(text))).not.toContain(masked))

  test('before the first stage, too', () => {
    expect(contentOf('ARG API_KEY=hunter2\nFROM a\n')).toMatchObject({
      arguments: [{ value: masked }],
    })
  })
})
