# METADATA
# title: Size
# description: What ships is not larger than the limit.
# custom:
#   id: deploy.size
#   severity: high
#   remediation: Mend it.
#   effective_on: "2026-01-01T00:00:00.000Z"
#   requires: [/context/size]
package deploy.size

applies if input.context.environment == "production"

finding contains {"message": message, "part": "artifact"} if {
	input.context.size > data.settings.deploy.limit
	message := $"{input.context.size} is larger than {data.settings.deploy.limit}"
}
