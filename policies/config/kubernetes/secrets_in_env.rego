# METADATA
# title: No password is written into a manifest
# description: >-
#   A password, key or token comes from a Secret. Written out as the value of a variable, everybody who reads the
#   repository or may look at the pod has it.
# custom:
#   id: config.kubernetes.secrets_in_env
#   severity: high
#   controls: [CIS-KUBERNETES-5.4.1, NIST-800-53-IA-5, SOC2-CC6.1]
#   remediation: |-
#     Replace the secret where it is in use, since it has been read; then name the Secret that holds the new one:
#
#       - name: DB_PASSWORD
#         valueFrom:
#           secretKeyRef:
#             name: db
#             key: password
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.secrets_in_env

import data.lib.kubernetes
import data.lib.text

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": $"{container.name}/{variable.name}", "pointer": $"{container.pointer}/env/{index}/value"} if {
	some container in kubernetes.containers
	some index, variable in container.spec.env
	is_written_out(variable)
	message := $"Container {container.name} of {container.workload} has a secret written out in its manifest, as the value of {variable.name}: everybody who reads the file knows it."
}

is_written_out(variable) if {
	is_string(variable.value)
	some beginning in beginnings[substring(variable.value, 0, 1)]
	startswith(variable.value, beginning)
}

is_written_out(variable) if {
	secret_names[variable.name]
	is_string(variable.value)
	not is_elsewhere(trim_space(variable.value))
}

is_written_out(variable) if {
	is_string(variable.value)
	contains(variable.value, "@")
	some [_, password] in text.passwords(variable.value)
	not is_elsewhere(password)
}

# By their first characters: a look at its own settles most values.
beginnings[first] contains beginning if {
	some beginning in data.settings.config.kubernetes.secret_beginnings
	first := substring(beginning, 0, 1)
}

# Containers repeat the names of each other: each is looked at once.
secret_names contains name if {
	some name in names
	some ending in data.settings.config.kubernetes.secret_variables
	endswith(upper(name), ending)
	not name in data.settings.config.kubernetes.plain_variables
}

names contains variable.name if {
	some container in kubernetes.containers
	some variable in container.spec.env
	is_string(variable.name)
}

# It is filled in later, says where the secret is, or only whether there is one.
is_elsewhere(value) if lower(value) in ["", "0", "1", "false", "no", "none", "null", "off", "on", "true", "yes"]

# A word in capitals with an underscore is a place to be filled in, such as YOUR_PASSWORD.
is_elsewhere(value) if {
	contains(value, "_")
	trim(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
}

is_elsewhere(value) if {
	some mark in ["$(", "${", "{{", "<", "/", "file:", "vault:"]
	startswith(value, mark)
}
