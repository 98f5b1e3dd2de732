/**
 * Kubernetes documents in the shares in which the repositories of platform teams hold them, by number and by size: a few
 * large ones that no rule reads, many small ones, and workloads. Rules complain of every tenth workload, or as many as asked.
 */
export function kubernetesDocuments(count: number, complained: number = 0.1): readonly string[] {
  return Array.from({ length: count }, (_, at) => documentAt(at, complained))
}

const namespaces = 7

function documentAt(at: number, complained: number): string {
  const place = (at * 37) % 100
  if (at > 0 && at <= namespaces) return budget(at)
  if (place < 4) return definition(at)
  if (place < 12) return configuration(at)
  if (place < 42) return deployment(at, at % 10 >= complained * 10)
  const small = [service, account, role, binding, ingress]
  return (small[place % small.length] ?? service)(at)
}

const head = (apiVersion: string, kind: string, at: number): string => `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: part-${at}
  namespace: shop-${at % namespaces}
  labels:
    app.kubernetes.io/name: part-${at}
    app.kubernetes.io/part-of: shop
    app.kubernetes.io/managed-by: kustomize
`

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('')

function deployment(at: number, isHardened: boolean): string {
  return `# The part number ${at} of the shop
${head('apps/v1', 'Deployment', at)}spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: part-${at}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: part-${at}
        app.kubernetes.io/part-of: shop
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
    spec:
      serviceAccountName: part-${at}
      containers:
        - name: web
          image: registry.example/shop/part-${at}:1.4.${at}
          args: ["--listen", ":8080", "--log-format=json", "--shutdown-grace=20s"]
          ports:
            - name: http
              containerPort: 8080
            - name: metrics
              containerPort: 9090
          readinessProbe:
            httpGet: { path: /ready, port: http }
            periodSeconds: 5
          livenessProbe:
            httpGet: { path: /live, port: http }
            initialDelaySeconds: 10
${isHardened ? hardening : ''}          env:
${lines(26, (name) => `            - name: SETTING_${name}\n              value: "value-${at}-${name}-of-some-length"\n`)}          volumeMounts:
            - name: config
              mountPath: /etc/part
              readOnly: true
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: config
          configMap:
            name: part-${at}
        - name: tmp
          emptyDir: {}
`
}

const hardening = `          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            runAsNonRoot: true
            capabilities:
              drop: [ALL]
            seccompProfile: { type: RuntimeDefault }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 256Mi }
`

const definition = (at: number): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: parts${at}.shop.example
spec:
  group: shop.example
  names: { kind: Part${at}, plural: parts${at} }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
${lines(150, (field) => `            field${field}:\n              description: ${description(field)}\n              type: string\n              minLength: 1\n`)}`

/** Texts of several lines, as the tools that print definitions write them. */
const description = (field: number): string =>
  [
    `What the field number ${field} of the part is for, in one sentence\n                that goes on to a second line.`,
    `"What the field number ${field} is for. \\n Of it the second\n                sentence is told, too."`,
    `|-\n                What the field number ${field} is for.\n\n                And what it is not for.`,
    `'What the field number ${field} of the part is for: a sentence\n                that goes on to a second line.'`,
  ][field % 4] ?? ''

const configuration = (at: number): string => `${head('v1', 'ConfigMap', at)}data:
  settings.properties: |
${lines(150, (line) => `    shop.part.setting.${line}=value-${at}-${line}-of-some-length\n`)}`

const budget = (at: number): string => `${head('policy/v1', 'PodDisruptionBudget', at)}spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/part-of: shop
`

const service = (at: number): string => `${head('v1', 'Service', at)}spec:
  selector:
    app.kubernetes.io/name: part-${at}
  ports:
    - name: http
      port: 80
      targetPort: http
`

const account = (at: number): string => head('v1', 'ServiceAccount', at)

const role = (at: number): string => `${head('rbac.authorization.k8s.io/v1', 'Role', at)}rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list, watch]
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    verbs: [get, create, update]
`

const binding = (at: number): string =>
  `${head('rbac.authorization.k8s.io/v1', 'RoleBinding', at)}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: part-${at}
subjects:
  - kind: ServiceAccount
    name: part-${at}
    namespace: shop-${at % namespaces}
`

const ingress = (at: number): string => `${head('networking.k8s.io/v1', 'Ingress', at)}spec:
  tls:
    - hosts: [part-${at}.shop.example]
      secretName: part-${at}-tls
  rules:
    - host: part-${at}.shop.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: part-${at}
                port:
                  name: http
`
