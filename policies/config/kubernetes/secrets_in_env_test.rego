package config.kubernetes.secrets_in_env_test

import data.config.kubernetes.secrets_in_env

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in secrets_in_env.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

variable(name, value) := container({"env": [{"name": name, "value": value}]})

test_what_is_written_out_is_found if {
	secrets_in_env.applies == {0} with input.context.documents as [pod({})]
	parts(variable("db_password", "hunter2")) == {"web/db_password"}
	parts(variable("KEY", "-----BEGIN RSA PRIVATE KEY-----")) == {"web/KEY"}
	parts(variable("REDIS_URL", "redis://:hunter2@cache")) == {"web/REDIS_URL"}
}

test_what_is_elsewhere_is_not if {
	parts(variable("TRUST_ANCHORS", "-----BEGIN CERTIFICATE-----")) == set()
	parts(variable("DB_PASSWORD", " ")) == set()
	parts(variable("DB_PASSWORD", "True")) == set()
	parts(variable("ALLOW_EMPTY_PASSWORD", "1")) == set()
	parts(variable("DB_PASSWORD", "{{ .Values.password }}")) == set()
	parts(variable("PASSWORD_FILE", "x")) == set()
	parts(variable("DB_PASSWORD", "CHANGE_ME")) == set()
	parts(variable("REDIS_URL", "redis://:$(REDIS_PASSWORD)@cache")) == set()
	parts(variable("REDIS_URL", "redis://user@cache:6379")) == set()
	parts(variable("DB_PASSWORD", "CHANGE_ME_2")) == {"web/DB_PASSWORD"}
	parts(container({"env": [{"name": "DB_PASSWORD", "valueFrom": {}}]})) == set()
}
