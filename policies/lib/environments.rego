# METADATA
# title: Settings by environment
# description: What a table of the settings says of an environment, else what it says of every one, `*`, else null.
package lib.environments

setting(table, environment) := object.get(table, environment, object.get(table, "*", null))
