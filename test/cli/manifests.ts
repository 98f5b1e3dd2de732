/** A deployment as a chart renders it, with one container. */
export function deployment(
  name: string,
  { privileged = false, owner = true }: { privileged?: boolean; owner?: boolean } = {},
): string {
  return `# Source: shop/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
  labels:
    app: ${name}${owner ? '\n    owner: team-shop' : ''}
spec:
  template:
    spec:
      containers:
        - name: app
          image: registry.example/shop/${name}:1.0.0
          securityContext:
            privileged: ${privileged}
`
}

export const service = `apiVersion: v1
kind: Service
metadata:
  name: checkout
  namespace: shop
spec:
  selector:
    app: checkout
`

export const workflow = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: npm test
`

/** YAML that stands for a billion texts, in a kilobyte. */
export const bomb: string = [
  'apiVersion: v1',
  'kind: ConfigMap',
  'metadata: {name: bomb}',
  'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
  ...Array.from({ length: 9 }, (_, at) => {
    const alias = Array.from({ length: 10 }, () => `*a${at}`).join(',')
    return `a${at + 1}: &a${at + 1} [${alias}]`
  }),
].join('\n')
