package deploy.approvals_test

import data.deploy.approvals

test_two_others_pass if {
	count(approvals.finding) == 0 with input as {"context": {"environment": "production", "change": {"author": "ann", "approvals": [{"by": "bob"}, {"by": "cy"}]}}}
		with data.settings.deploy.approvals as {"environments": ["production"], "required": 2}
	approvals.applies with input.context.environment as "production" with data.settings.deploy.approvals.environments as ["production"]
}

test_author_does_not_count if {
	approvals.finding == {{"message": "1 approvals are missing"}} with input as {"context": {"environment": "production", "change": {"author": "ann", "approvals": [{"by": "bob"}, {"by": "ann"}]}}}
		with data.settings.deploy.approvals as {"environments": ["production"], "required": 2}
}
