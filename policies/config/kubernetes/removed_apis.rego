# METADATA
# title: Objects are written for a version that the cluster serves
# description: >-
#   A version that Kubernetes has removed is refused by the cluster, and a cluster that is upgraded serves it no more. The
#   settings say how new the cluster is.
# custom:
#   id: config.kubernetes.removed_apis
#   severity: medium
#   controls: [NIST-800-53-SI-2, NIST-800-53-CM-2]
#   remediation: |-
#     Write the version that the finding names in `apiVersion`, with the fields that it has. Which minor version of
#     Kubernetes is meant stands as `settings.config.kubernetes.kubernetes_minor`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/versioned]
package config.kubernetes.removed_apis

import data.lib.documents

applies contains position if some position, _ in judged

finding contains {"message": message, "document": position, "pointer": "/apiVersion", "remediation": remediation} if {
	some position, document in judged
	removed := data.settings.config.kubernetes.removed_versions[$"{document.content.apiVersion} {document.content.kind}"]
	removed.since <= data.settings.config.kubernetes.kubernetes_minor
	message := $"{document.content.kind} {trim_prefix(document.id, "_/")} is written for {document.content.apiVersion}, which Kubernetes serves no more since 1.{removed.since}."
	remediation := instead(removed)
}

# What has gone without a later version says itself what to do.
instead(removed) := removed.how if {
	removed.instead == ""
} else := $"Write `apiVersion: {removed.instead}`, with the fields of that version."

judged[position] := document if {
	some position, document in documents.written
	types[document.type]
}

types contains $"kubernetes/{kind}.{split(version, "/")[0]}" if {
	some versioned, _ in data.settings.config.kubernetes.removed_versions
	[version, kind] := split(versioned, " ")
}
