import { describe, expect, test } from 'vitest'
import { createLocator, readDocuments, type FileReading } from './index.ts'

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n'
const workflow = 'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n'
const action =
  'name: Greet\nruns:\n  using: composite\n  steps:\n    - run: echo yes\n      shell: bash\n'
const inWorkflows = '.github/workflows/ci.yml'

export function read(text: string, path = 'a.yaml'): FileReading {
  return readDocuments({ path, bytes: new TextEncoder().encode(text) })
}

/** What a reading says, in one line. */
function said(reading: FileReading): string {
  switch (reading.status) {
    case 'documents':
      return `${reading.format}: ${reading.documents.map(({ type, id }) => `${type} ${id}`).join(', ')}`
    case 'skipped':
      return `skipped ${reading.format}: ${reading.hint}`
    case 'unknown':
      return `unknown: ${reading.reason}`
    case 'broken':
      return `broken ${reading.format} ${reading.line}:${reading.column}: ${reading.message}`
  }
}

describe('a file is what it holds, whatever its name', () => {
  const cases: readonly [string, string, string, string][] = [
    ['a manifest', 'a.yaml', pod, 'kubernetes: kubernetes/Pod _/web'],
    ['a manifest as JSON', 'a.json', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"}}', 'kubernetes: kubernetes/Pod _/web'],
    ['JSON indented by tabs', 'a.json', '{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"metadata": {\n\t\t"name": "web"\n\t}\n}\n', 'kubernetes: kubernetes/Pod _/web'],
    ['JSON that hides a key in an escape', 'a.json', '{"\\u0061piVersion":"v1","kind":"Pod","metadata":{"name":"web"}}', 'kubernetes: kubernetes/Pod _/web'],
    ['a manifest under another name', 'a.txt', pod, 'kubernetes: kubernetes/Pod _/web'],
    ['a manifest from standard input', '-', pod, 'kubernetes: kubernetes/Pod _/web'],
    ['a manifest among the workflows', inWorkflows, pod, 'kubernetes: kubernetes/Pod _/web'],
    ['a byte order mark and CRLF', 'a.yaml', `\uFEFF${pod.replaceAll('\n', '\r\n')}`, 'kubernetes: kubernetes/Pod _/web'],
    ['a merge with its tag', 'a.yaml', 'x: &x {apiVersion: v1, kind: Pod, metadata: {name: web}}\n!!merge <<: *x\n', 'kubernetes: kubernetes/Pod _/web'],
    ['keys that only a merge gives', 'a.yaml', 'x: &x {apiVersion: v1, kind: Pod, metadata: {name: web}}\n<<: *x\n', 'kubernetes: kubernetes/Pod _/web'],
    ['a workflow', inWorkflows, workflow, `github-workflow: github/workflow ${inWorkflows}`],
    ['a workflow on Windows', '.github\\workflows\\ci.yml', workflow, 'github-workflow: github/workflow .github\\workflows\\ci.yml'],
    ['a workflow elsewhere', 'templates/ci.yaml', workflow, 'github-workflow: github/workflow templates/ci.yaml'],
    ['a workflow with a quoted on', 'ci.yaml', workflow.replace('on', '"on"'), 'github-workflow: github/workflow ci.yaml'],
    ['a composite action', 'greet/action.yml', action, 'github-action: github/action greet/action.yml'],
    ['a workflow that YAML 1.1 would refuse', 'ci.yaml', `${workflow}yes: 1\n"true": 2\n`, 'github-workflow: github/workflow ci.yaml'],
    ['jobs of another CI', 'ci.yaml', 'version: 2\njobs:\n  build: {}\n', 'unknown: it has no format that is known here'],
    ['any other YAML', 'a.yaml', 'a: 1\n', 'unknown: it has no format that is known here'],
    ['any other JSON', 'package.json', '{"name": "x"}', 'unknown: it has no format that is known here'],
    ['JSON with comments', 'tsconfig.json', '{"a": 1} // apiVersion', 'unknown: it is not readable as YAML'],
    ['prose', 'a.md', '# a: [\n', 'unknown: it has no format that is known here'],
    ['prose that shows a manifest', 'a.md', `# How\n\`\`\`yaml\n${pod}\`\`\`\n`, 'unknown: it is not readable as YAML'],
    ['versions that are no texts', 'a.yaml', 'apiVersion: 1\nkind: Pod\n', 'unknown: it has no format that is known here'],
    ['broken YAML of no format', 'a.yaml', 'a: [1\n', 'unknown: it is not readable as YAML'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, path, text, expected) => expect(said(read(text, path))).toBe(expected))

  test('a null byte makes it binary, and torn bytes unreadable', () => {
    const binary = readDocuments({ path: 'a.yaml', bytes: Uint8Array.of(0x61, 0, 0x62) })
    expect(said(binary)).toBe('unknown: it is binary')
    const torn = readDocuments({ path: 'a.png', bytes: Uint8Array.of(0x89, 0x50, 0xff, 0xfe) })
    expect(torn.status).toBe('unknown')
  })
})

describe('inside brackets and quotes, indentation means nothing', () => {
  const cases: readonly [string, string, unknown][] = [
    ['a bracket closed below its key', 'x:\n  p: [\n    1,\n  ]\n  q: 2\n', { p: [1], q: 2 }],
    ['a brace closed below its key', 'x:\n  p: {\n    a: 1\n  }\n', { p: { a: 1 } }],
    ['items below their key', 'x: [\n1,\n2,\n3\n]\n', [1, 2, 3]],
    ['a text below its key', 'x: "one\ntwo\n\nthree"\n', 'one two\nthree'],
    ['a text in single quotes', "x:\n  - ['\n    a &&\n    b\n  ']\n", [[' a && b ']]],
    ['tabs', 'x: [\n\t1,\n\t\t2\n]\n', [1, 2]],
    ['CRLF', 'x: [\r\n1\r\n]\r\n', [1]],
    ['a text in quotes and a bracket in one document', 'x:\n  p: "one\ntwo"\n  q: [\n1\n]\n', { p: 'one two', q: [1] }],
    ['a doubled quote within', "x:\n  - 'it''s\none\n\n'\n  - \"a \\\" b\n\nc\"\n", ["it's one\n", 'a " b\nc']],
    ['quotes in a block of plain text stay where they are', 'x:\n  p: |\n    a: "one\n    two\n    b: "\n  q: "one\ntwo"\n', { p: 'a: "one\ntwo\nb: "\n', q: 'one two' }],
    ['and so do those of a comment', 'x:\n  p: 1\n#  a: "one\n  q: "one\ntwo"\n  # b: "\n', { p: 1, q: 'one two' }],
  ] // prettier-ignore
  test.each(cases)('%s', (_, text, x) => {
    const reading = read(pod + text)
    expect(reading.status === 'documents' && reading.documents[0]?.content).toMatchObject({ x })
  })

  test('and outside of them it still does', () => {
    expect(read(`${pod}x:\n  a: 1\n b: 2\n`).status).toBe('broken')
  })

  test('a thousand such texts are read, each on its line', () => {
    const rules = Array.from({ length: 1000 }, (_, at) => `  - rule: 'self.p${at} ||\n  self.q'\n`)
    const text = `${pod}x:\n${rules.join('')}${'# long\n'.repeat(9000)}`
    const file = { path: 'a.yaml', bytes: new TextEncoder().encode(text) }
    const reading = readDocuments(file)
    if (reading.status !== 'documents') throw new Error(said(reading))
    expect(reading.documents[0]?.content).toMatchObject({
      x: expect.arrayContaining([{ rule: 'self.p999 || self.q' }]),
    })
    expect(createLocator(file, reading.places)(0, '/x/999/rule').line).toBe(5 + 2 * 999)
  })

  test('a quote that is never closed ends soon, in a long file too', () => {
    expect(read(`${pod}x: "a\n${'y: 1\n'.repeat(200_000)}`).status).toBe('broken')
  })
})

describe('kubectl and GitHub read words in their own ways', () => {
  const content = (text: string, path: string) => {
    const reading = read(text, path)
    return reading.status === 'documents' ? reading.documents.map((one) => one.content) : reading
  }

  test('yes is true in a manifest and a text in a workflow', () => {
    expect(content(`${pod}x: yes\n`, 'a.yaml')).toMatchObject([{ x: true }])
    expect(content(`${workflow}x: yes\n`, 'a.yaml')).toMatchObject([{ on: 'push', x: 'yes' }])
  })

  test('a word that stands twice means the same to kubectl, as some charts print it, and GitHub refuses it', () => {
    const text = 'x:\n  a: b\n  a: b\n'
    expect(content(`${pod}${text}`, 'a.yaml')).toMatchObject([{ x: { a: 'b' } }])
    expect(content(`${workflow}${text}`, inWorkflows)).toMatchObject({ status: 'broken', line: 7 })
  })

  test('a workflow beside an object does not change how the object is read', () => {
    const both = content(`${pod}x: yes\n...\n${workflow}`, inWorkflows)
    expect(both).toMatchObject([{ kind: 'Pod', x: true }, { jobs: {} }])
    const after = content(`${workflow}...\n${pod}x: yes\n`, inWorkflows)
    expect(after).toMatchObject([{ jobs: {} }, { kind: 'Pod', x: true }])
  })
})

describe('an object is named by kind, group, namespace and name', () => {
  const cases: readonly [string, string, string][] = [
    ['core', 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop}', 'kubernetes/Service shop/a'],
    ['a group', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}', 'kubernetes/Deployment.apps _/a'],
    ['a group with dots', 'apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: {name: a}', 'kubernetes/Issuer.cert-manager.io _/a'],
    ['a generated name', 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: run-}', 'kubernetes/Job.batch _/run-*'],
    ['a null namespace', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: null}', 'kubernetes/Pod _/a'],
    ['an empty namespace', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: ""}', 'kubernetes/Pod _/a'],
    ['incomplete, yet an object', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {}', 'kubernetes/Deployment.apps _/a'],
    ['Argo CD, Flux: not Kustomize\'s own', 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}', 'kubernetes/Kustomization.kustomize.toolkit.fluxcd.io _/a'],
    ['values with quoted braces', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {x: "{{ $labels.pod }}"}}', 'kubernetes/Pod _/a'],
    ['quoted braces do not hide it', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {nodeName: "{{ .Values.node }}"}', 'kubernetes/Pod _/a'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, text, expected) =>
    expect(said(read(text))).toBe(`kubernetes: ${expected}`),
  )
})

describe('a list is opened into its items', () => {
  const item = (name: string) => `- {apiVersion: v1, kind: Pod, metadata: {name: ${name}}}\n`
  const list = (kind: string, items: string) => `apiVersion: v1\nkind: ${kind}\nitems:\n${items}`
  const cases: readonly [string, string, string][] = [
    ['each item is a document', list('List', item('a') + item('b')), 'kubernetes: kubernetes/Pod _/a, kubernetes/Pod _/b'],
    ['a typed list tells its items what they are', list('PodList', '- metadata: {name: a}\n'), 'kubernetes: kubernetes/Pod _/a'],
    ['a list of lists', list('List', `- apiVersion: v1\n  kind: List\n  items:\n  ${item('a')}`), 'kubernetes: kubernetes/Pod _/a'],
    ['an object with items is judged too', `${list('Menu', item('a'))}metadata: {name: m}\n`, 'kubernetes: kubernetes/Menu _/m, kubernetes/Pod _/a'],
    ['an empty list', list('List', '  []\n'), 'skipped null: it is empty'],
    ['an item that is no object', list('List', `${item('a')}- 5\n`), 'broken kubernetes 5:3: an item of a list is no object'],
    ['an item without a kind', list('List', '- {metadata: {name: a}}\n'), 'broken kubernetes 4:3: an item of a list has no apiVersion and kind'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, text, expected) => expect(said(read(text))).toBe(expected))
})

describe('what is no object as it stands is skipped, and the hint says what to run', () => {
  const helm = 'run `helm template CHART | writ check -`'
  const kustomize = 'run `kustomize build DIR | writ check -`'
  const cases: readonly [string, string, string, string][] = [
    ['a Helm template', 'deploy.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n  labels:\n    {{- include "x.labels" . | nindent 4 }}\n', helm],
    ['a template of templates', 'all.yaml', '{{- range .Values.all }}\nfoo: bar\n{{- end }}\n', helm],
    ['a chart', 'x/Chart.yaml', 'apiVersion: v2\nname: x\nversion: 1.0.0\n', helm],
    ['values', 'x/values-prod.yaml', 'image: x\n', helm],
    ['a kustomization', 'kustomization.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n', kustomize],
    ['a kustomization without a kind', 'base/kustomization.yml', 'resources: [a.yaml]\n', kustomize],
    ['a JSON 6902 patch', 'patch.yaml', '- op: replace\n  path: /spec/replicas\n  value: 3\n', kustomize],
    ['a deleting patch', 'patch.yaml', '$patch: delete\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n', kustomize],
    ['an object without a name', 'patch.yaml', 'apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: 3}\n', 'has no metadata.name'],
    ['an object without a version', 'patch.yaml', 'kind: Deployment\nmetadata: {name: a}\n', 'lacks apiVersion or kind'],
    ['nothing', 'a.yaml', '', 'it is empty'],
    ['comments', 'a.yaml', '# one\n---\n# two\n', 'it is empty'],
    ['an empty workflow', inWorkflows, ' \n', 'it is empty'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, path, text, hint) => {
    const reading = read(text, path)
    expect(reading).toMatchObject({ status: 'skipped', hint: expect.stringContaining(hint) })
  })

  test('a file that a kustomization names as a patch is one, unless it is broken', () => {
    const bytes = new TextEncoder().encode(pod)
    expect(readDocuments({ path: 'a.yaml', bytes, isPatch: true }).status).toBe('skipped')
    const torn = new TextEncoder().encode(`${pod}a: [\n`)
    expect(readDocuments({ path: 'a.yaml', bytes: torn, isPatch: true }).status).toBe('broken')
  })

  test('beside objects, skipped documents keep their index, and empty ones are silent', () => {
    const reading = read(`${pod}---\n---\n# nothing\n---\na: {{ x }}\n---\nb: 1\n---\n${pod}`)
    expect(reading).toMatchObject({
      status: 'documents',
      documents: [{ index: 0 }, { index: 5 }],
      skipped: [
        { index: 3, hint: expect.stringContaining('template') },
        { index: 4, hint: expect.stringContaining('no Kubernetes object') },
      ],
    })
  })

  test('a template beside an object does not hide it', () => {
    expect(read(`${pod}---\n{{ if x }}\n`).status).toBe('documents')
  })
})
