import { expect, test } from 'vitest'
import { dockerfileText } from './dockerfile-text.ts'

test('a Dockerfile is written as one writes it, whichever facts of an instruction are told', () => {
  const content = {
    stages: [
      {
        name: 'build',
        base: 'node:24.11',
        instructions: [
          { keyword: 'ARG', pairs: [{ name: 'VERSION', value: null }] },
          { keyword: 'ENV', pairs: [{ name: 'NODE_ENV', value: 'production' }] },
          {
            keyword: 'RUN',
            commands: [
              { words: ['curl', 'https://get.example/tool'], piped: true },
              { words: ['tar', '-xz'], piped: false },
              { words: ['make'], piped: false },
            ],
          },
        ],
      },
      {
        name: null,
        base: 'build',
        instructions: [
          { keyword: 'COPY', flags: [{ name: 'from', value: 'build' }], args: ['/a', '/b'] },
          { keyword: 'CMD', text: '["/b"]', args: ['/b'] },
        ],
      },
    ],
  }
  expect(dockerfileText(content)).toBe(`FROM node:24.11 AS build
ARG VERSION
ENV NODE_ENV=production
RUN curl https://get.example/tool | tar -xz && make

FROM build
COPY --from=build /a /b
CMD ["/b"]`)
})
