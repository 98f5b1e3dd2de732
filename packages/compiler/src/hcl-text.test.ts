import { expect, test } from 'vitest'
import { hclText } from './hcl-text.ts'

const planned = (id: string, change: object) =>
  ({ type: 'terraform/x', id, content: { change: { ...change } } }) as never

test('a document of a plan is written as its code says it', () => {
  const after = {
    name: 'orders-${env}',
    count: 2,
    gone: null,
    ports: [80, 443],
    ingress: [{ from_port: 22 }, { from_port: 80, cidr_blocks: ['0.0.0.0/0'] }],
    egress: [],
    tags: { service: 'orders', 'a/b': true },
    policy: '{"Statement": [{"Effect": "Allow"}]}',
    script: '{ not JSON',
  }
  expect(
    hclText(planned('module.net["eu"].aws_security_group.a[0]', { actions: ['create'], after })),
  ).toBe(`resource "aws_security_group" "a" {
  name   = "orders-$\${env}"
  count  = 2
  ports  = [80, 443]
  egress = []
  tags   = {
    service = "orders"
    "a/b"   = true
  }
  policy = jsonencode({
    "Statement": [
      {
        "Effect": "Allow"
      }
    ]
  })
  script = "{ not JSON"

  ingress {
    from_port = 22
  }

  ingress {
    from_port   = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}`)
})

test('what is read is a data source; what goes away or is made anew shows in the plan alone, as other documents do in their files', () => {
  const after = { name: 'a' }
  const data = planned('data.aws_iam_policy_document.a', { actions: ['read'], after })
  expect(hclText(data)).toBe('data "aws_iam_policy_document" "a" {\n  name = "a"\n}')
  expect(hclText(planned('aws_x.a', { actions: ['delete', 'create'], after }))).toBeNull()
  expect(hclText(planned('aws_x.a', { actions: ['delete'], after: null }))).toBeNull()
  expect(hclText({ type: 'kubernetes/Pod', id: 'a.b', content: { change: { after } } })).toBeNull()
})
