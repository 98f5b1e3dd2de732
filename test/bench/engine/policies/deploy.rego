# METADATA
# description: A deploy policy of the usual size and shape, for the bench.
package deploy

decision := {"allow": count(denials) == 0, "denials": denials, "warnings": warnings}

production if input.context.environment == "production"

denials contains {"rule": "approvals", "message": $"{count(approvers)} of {data.approvals[input.context.environment]} approvals"} if {
	count(approvers) < data.approvals[input.context.environment]
}

denials contains {"rule": "four_eyes", "message": $"{input.subject.id} approved the change that they wrote"} if {
	input.subject.id in approvers
}

denials contains {"rule": "digest", "message": $"{image.name} is not pinned by a digest"} if {
	some image in input.resource.images
	not startswith(image.digest, "sha256:")
}

denials contains {"rule": "registry", "message": $"{image.name} comes from {image.registry}"} if {
	some image in input.resource.images
	not image.registry in data.registries
}

denials contains {"rule": "critical", "message": $"{finding.id} in {image.name}"} if {
	some image in input.resource.images
	some finding in image.findings
	finding.severity == "critical"
	not finding.fixed
}

denials contains {"rule": "scan", "message": $"{image.name} was not scanned"} if {
	some image in input.resource.images
	not image.scanned
}

denials contains {"rule": "tests", "message": $"the check {check.name} is {check.status}"} if {
	some check in input.context.checks
	check.required
	check.status != "passed"
}

denials contains {"rule": "coverage", "message": $"coverage is {input.context.coverage}"} if {
	input.context.coverage < data.coverage
}

denials contains {"rule": "window", "message": $"{input.context.hour}:00 is outside of the window"} if {
	production
	not in_window
}

denials contains {"rule": "owner", "message": $"{input.subject.team} does not own {input.resource.id}"} if {
	production
	not input.subject.team in input.resource.owners
}

denials contains {"rule": "branch", "message": $"{input.context.branch} may not go to production"} if {
	production
	not input.context.branch in {"main", "release"}
}

warnings contains {"rule": "size", "message": $"{input.context.changed_files} files changed"} if {
	input.context.changed_files > data.changed_files
}

warnings contains {"rule": "label", "message": $"the label {label} is missing"} if {
	some label in data.labels
	not input.resource.labels[label]
}

warnings contains {"rule": "high", "message": $"{finding.id} in {image.name}"} if {
	some image in input.resource.images
	some finding in image.findings
	finding.severity == "high"
}

approvers contains approval.by if {
	some approval in input.context.approvals
	approval.state == "approved"
}

in_window if {
	input.context.hour >= data.window.from
	input.context.hour < data.window.to
}
