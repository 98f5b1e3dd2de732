import { expect, test } from 'vitest'
import { readDocuments } from './index.ts'

const container = '{name: a, image: b}'
const apps = (rest: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: ${rest}`
const rbac = (kind: string, rest: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: x}\n${rest}`
const core = (kind: string, rest: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x}\nspec: ${rest}`
const batch = (kind: string, rest: string) =>
  `apiVersion: batch/v1\nkind: ${kind}\nmetadata: {name: x}\nspec: ${rest}`
const ingress = (rest: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: x}\nspec: ${rest}`

/** What a cluster would take by itself is judged, whatever a kustomization calls it. */
const cases: readonly [string, string, boolean][] = [
  ['replicas only', apps('{replicas: 3}'), false],
  ['an image, without a selector', apps(`{template: {spec: {containers: [${container}]}}}`), false],
  ['a container without an image', apps('{selector: {}, template: {spec: {containers: [{name: a}]}}}'), false],
  ['host network, without containers', apps('{selector: {}, template: {spec: {hostNetwork: true}}}'), false],
  ['a whole Deployment', apps(`{selector: {matchLabels: {a: b}}, template: {spec: {containers: [${container}]}}}`), true],
  ['a whole Pod', core('Pod', `{containers: [${container}]}`), true],
  ['a whole Job', batch('Job', `{template: {spec: {restartPolicy: Never, containers: [${container}]}}}`), true],
  ['an image of a Job', batch('Job', `{template: {spec: {containers: [${container}]}}}`), false],
  ['a whole CronJob', batch('CronJob', `{schedule: "* * * * *", jobTemplate: {spec: {template: {spec: {containers: [${container}]}}}}}`), true],
  ['an image of a CronJob', batch('CronJob', `{jobTemplate: {spec: {template: {spec: {containers: [${container}]}}}}}`), false],
  ['rights of a role', rbac('ClusterRole', 'rules: []'), true],
  ['a label of a role', rbac('Role', 'metadata2: {}'), false],
  ['a binding with its role', rbac('ClusterRoleBinding', 'roleRef: {name: x}'), true],
  ['other subjects of a binding', rbac('RoleBinding', 'subjects: []'), false],
  ['ports of a Service', core('Service', '{ports: [{port: 80}]}'), true],
  ['the type of a Service', core('Service', '{type: NodePort}'), false],
  ['a whole Ingress', ingress('{ingressClassName: nginx, rules: [{host: a}]}'), true],
  ['another host of an Ingress', ingress('{rules: [{host: a}]}'), false],
  ['a spec of no shape', core('Pod', '[1]'), false],
] // prettier-ignore

test.each(cases)('a file that a kustomization calls a patch, with %s: judged %s', (_, text, isJudged) => {
  const read = readDocuments({ path: 'p.yaml', bytes: new TextEncoder().encode(text), isPatch: true })
  expect(read.status).toBe(isJudged ? 'documents' : 'skipped')
}) // prettier-ignore

test('of several documents each is looked at by itself, and keeps its index', () => {
  const text = [apps('{replicas: 3}'), core('Pod', `{containers: [${container}]}`)].join('\n---\n')
  const read = readDocuments({
    path: 'p.yaml',
    bytes: new TextEncoder().encode(text),
    isPatch: true,
  })
  expect(read).toMatchObject({
    status: 'documents',
    documents: [{ type: 'kubernetes/Pod', index: 1 }],
    skipped: [{ index: 0, hint: expect.stringContaining('Kustomize patch') }],
  })
})
