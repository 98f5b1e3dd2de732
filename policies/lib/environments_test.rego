package lib.environments_test

import data.lib.environments

test_the_environment_comes_before_every_one if {
	environments.setting({"production": 1, "*": 2}, "production") == 1
	environments.setting({"production": 1, "*": 2}, "staging") == 2
	environments.setting({"production": 1}, "staging") == null
}
