# METADATA
# description: Three questions that each walk the whole of one request, for the bench.
package heavy

findings contains finding.id if {
	some image in input.resource.images
	some finding in image.findings
	finding.severity in {"critical", "high"}
}

packages contains $"{finding.package}@{finding.version}" if {
	some image in input.resource.images
	some finding in image.findings
	regex.match(`^\d+\.\d+\.\d+$`, finding.version)
}

severities[severity] contains finding.id if {
	some image in input.resource.images
	some finding in image.findings
	severity := finding.severity
	startswith(finding.id, "CVE-")
}
