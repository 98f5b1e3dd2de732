import { expect, test } from 'vitest'
import { settingsRead } from './settings-read.ts'

const library = [
  {
    path: 'lib/text.rego',
    text: 'package lib.text\n\nlong(x) if count(x) > data.settings.config.text.most\n\nother if data.settings.config.text.unused\n',
  },
  {
    path: 'lib/pods.rego',
    text: 'package lib.pods\n\nimport data.lib.text\n\npods := [pod | some pod in all; text.long(pod.name)]\n\nall := data.settings.config.pods.all\n',
  },
]
const rule = (body: string) => ({
  path: 'config/kubernetes/x.rego',
  text: `package config.kubernetes.x\n\nimport data.lib.pods\nimport data.settings.config.own\n\n${body}\n`,
})

test('what a rule reads is what it names, and what the library reads for it, however deep', () => {
  expect(settingsRead(rule('finding contains pod if some pod in pods.pods'), library)).toEqual([
    'settings.config.pods.all',
    'settings.config.text.most',
  ])
  expect(settingsRead(rule('applies if pods.all'), library)).toEqual(['settings.config.pods.all'])
})

test('an imported table counts, and a part of one that is named whole is not told twice', () => {
  const both =
    'applies if own.limit > 1\n\nfinding contains data.settings.config.own.limit.low if true'
  expect(settingsRead(rule(both), library)).toEqual(['settings.config.own.limit'])
})
