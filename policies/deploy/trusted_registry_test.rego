package deploy.trusted_registry_test

import data.deploy.trusted_registry

registries := ["registry.example/shop"]

messages(image) := found if {
	found := {finding.message | some finding in trusted_registry.finding} with input.context.artifact.image as image
		with data.settings.deploy.registries as registries
}

test_applies_once_a_registry_is_named if {
	trusted_registry.applies with input as {} with data.settings.deploy.registries as registries
	not trusted_registry.applies with input as {} with data.settings.deploy.registries as []
}

test_an_image_of_a_registry_passes if messages("registry.example/shop/checkout:1") == set()

test_any_other_fails if {
	every image in ["nginx", "registry.example/shopping/checkout", "registry.example.test/shop/checkout"] {
		messages(image) == {$"{image} comes from none of the allowed registries: registry.example/shop."}
	}
}
