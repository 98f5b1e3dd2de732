/** A deploy request of about so many bytes: what makes real ones large is what was found in their images. */
export function deployInput(bytes: number): Buffer {
  const findings: unknown[] = []
  const written = (): Buffer => Buffer.from(JSON.stringify(requestWith(findings)))
  while (written().length < bytes) {
    const missing = bytes - written().length
    for (let more = Math.max(1, Math.floor(missing / 160)); more > 0; more -= 1)
      findings.push(findingOf(findings.length))
  }
  return written()
}

const severities = ['low', 'medium', 'high', 'low', 'medium', 'negligible', 'medium', 'low']

function findingOf(index: number): unknown {
  return {
    id: `CVE-2026-${10_000 + index}`,
    package: `lib${['ssl', 'xml', 'png', 'curl', 'zip'][index % 5]}${index % 17}`,
    version: `${index % 7}.${index % 11}.${index % 13}`,
    severity: index === 3 ? 'critical' : severities[index % severities.length],
    fixed: index % 4 === 0,
    score: (index % 100) / 10,
    where: `/usr/lib/${index % 23}`,
  }
}

function requestWith(findings: readonly unknown[]): unknown {
  const image = (name: string, found: readonly unknown[]): unknown => ({
    name,
    registry: 'registry.example',
    digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
    scanned: true,
    findings: found,
  })
  const half = Math.ceil(findings.length / 2)
  return {
    subject: { type: 'user', id: 'alice@example.com', team: 'payments' },
    action: { name: 'deploy' },
    resource: {
      type: 'service',
      id: 'checkout',
      owners: ['payments', 'platform'],
      labels: { team: 'payments', tier: '1' },
      images: [image('checkout', findings.slice(0, half)), image('proxy', findings.slice(half))],
    },
    context: {
      environment: 'production',
      branch: 'main',
      hour: 11,
      coverage: 0.83,
      changed_files: 12,
      approvals: [{ by: 'bob@example.com', state: 'approved' }],
      checks: [
        { name: 'unit', required: true, status: 'passed' },
        { name: 'integration', required: true, status: 'passed' },
        { name: 'lint', required: false, status: 'failed' },
      ],
    },
  }
}
