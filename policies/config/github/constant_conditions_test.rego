package config.github.constant_conditions_test

import data.config.github.constant_conditions

findings(condition) := found if {
	found := constant_conditions.finding with input.context.documents as [workflow({"deploy": {"if": condition}})]
}

workflow(jobs) := {"type": "github/workflow", "operation": "update", "content": {"if": "${{ a }} b", "jobs": jobs}}

test_applies_to_workflows if {
	constant_conditions.applies == {0} with input.context.documents as [workflow({})]
}

test_one_expression_can_be_false if {
	every condition in ["a && b", "${{ a && b }}", "a\n", true, "always()", "contains(a, '}}')"] {
		findings(condition) == set()
	}
}

test_an_expression_in_a_text_cannot if {
	every condition in ["${{ a }} && b", "${{ a }} && ${{ b }}", "!${{ a }}", "a == ${{ b }}"] {
		some finding in findings(condition)
		finding.message == "The job deploy always runs: `${{ }}` is only a part of what stands behind `if`, so its condition is a text, and a text is true."
		finding.pointer == "/jobs/deploy/if"
		finding.part == "deploy"
	}
}

test_a_line_break_is_a_text_too if {
	some finding in findings("${{ a }}\n")
	contains(finding.message, "a line break follows `}}`")
}

test_a_step_is_looked_at if {
	some finding in constant_conditions.finding with input.context.documents as [workflow({"a": {"steps": [{"name": "b", "if": "${{ c }} d"}]}})]
	finding.part == "a/b"
	startswith(finding.message, "The step “b” of the job a always runs: ")
}
