package lib.images_test

import data.lib.images

test_a_tag_is_behind_the_last_step if {
	images.tag("registry.example:5000/shop/web:1.2@sha256:ab") == "1.2"
	images.tag("registry.example:5000/shop/web") == ""
	images.tag("web:latest") == "latest"
}

test_a_digest_is_told if {
	images.has_digest("web@sha256:ab")
	not images.has_digest("web:1")
}

test_a_name_without_a_registry_is_of_the_usual_one if {
	images.full_name("registry.example/web:1") == "registry.example/web:1"
	images.full_name("registry:5000/web") == "registry:5000/web"
	images.full_name("localhost/web") == "localhost/web"
	images.full_name("shop/web") == "docker.io/shop/web"
	images.full_name("web") == "docker.io/library/web"
}

test_a_hole_is_told if {
	images.is_template("${IMAGE}:1")
	images.is_template("ko://example.test/cmd/web")
	images.is_template("{{ .Values.image }}")
	images.is_template("FILLED IN LATER")
	not images.is_template("web:1")
}

test_a_repository_has_neither_tag_nor_digest if {
	images.repository("quay.io/shop/web:1.2@sha256:ab") == "quay.io/shop/web"
	images.repository("registry:5000/web@sha256:ab") == "registry:5000/web"
	images.repository("web") == "docker.io/library/web"
}
