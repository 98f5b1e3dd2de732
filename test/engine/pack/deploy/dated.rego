# METADATA
# title: Dated
# description: The window opens in time.
# custom:
#   id: deploy.dated
#   severity: high
#   remediation: Mend it.
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.dated

import data.lib.clock

applies if input.context.opens

finding contains {"message": "the window is not open yet"} if clock.instant(input.context.opens) > clock.instant(input.now)
