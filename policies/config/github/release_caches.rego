# METADATA
# title: A release is built without caches
# description: >-
#   A cache of the default branch is read by every run, also by one that releases. Who gets code to run in any workflow of
#   that branch, once, can leave a changed dependency in a cache, and the release ships it. A workflow that only releases
#   saves little by a cache, and has no trace of where its parts came from.
# custom:
#   id: config.github.release_caches
#   severity: medium
#   controls: [OWASP-CICD-SEC-9, NIST-800-53-SI-7, "ISO27001-A.5.21", SLSA-BUILD-L3]
#   remediation: |-
#     Switch the cache off in the job that releases, such as:
#
#       - uses: actions/setup-go@v6
#         with:
#           cache: false
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.release_caches

import data.lib.scripts
import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": step.position, "part": part, "pointer": pointer} if {
	some step in workflows.steps
	releases[step.position]
	publishers[step.position][step.job]
	[what, pointer] := cached(step)
	part := $"{step.job}/{step.label}"
	message := $"The step “{step.label}” of the job {step.job} restores a cache{what}, and the job publishes what it builds: whoever once got code to run on the default branch may have put something into it."
}

# Workflows that nothing but a release or a tag starts, or somebody by hand.
releases[position] if {
	some position, events in workflows.triggers
	count(events & {"push", "release"}) > 0
	events - {"push", "release", "workflow_dispatch"} == set()
	not is_started_by_branches(position, events)
}

is_started_by_branches(position, events) if {
	"push" in events
	push := object.get(workflows.workflows[position], ["on", "push"], null)
	not is_by_tags(push)
}

is_by_tags(push) if {
	"tags" in object.keys(push)
	not "branches" in object.keys(push)
}

# The jobs that publish, by position and name: by an action for that, or by a command.
publishers[step.position][step.job] if {
	some step in workflows.steps
	workflows.action(step.spec.uses) in data.settings.config.github.publishing_actions
}

publishers[step.position][step.job] if {
	some step in workflows.steps
	some command in data.settings.config.github.publishing_commands
	scripts.calls(step.spec.run, command)
}

# How a step restores a cache: always, when it is told to, or unless it is told not to.
cached(step) := ["", $"{step.pointer}/uses"] if {
	data.settings.config.github.caching_actions[workflows.action(step.spec.uses)] == {"input": "", "default": true}
} else := [$" by its input `{way.input}`", $"{step.pointer}/with/{way.input}"] if {
	way := data.settings.config.github.caching_actions[workflows.action(step.spec.uses)]
	given := object.get(step.spec, ["with", way.input], null)
	given != null
	not given in [false, "false", ""]
} else := [$" unless its input `{way.input}` is false", $"{step.pointer}/uses"] if {
	way := data.settings.config.github.caching_actions[workflows.action(step.spec.uses)]
	way["default"]
	object.get(step.spec, ["with", way.input], null) == null
}
