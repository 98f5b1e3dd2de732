/** What whoever is handed an export reads first. */
export const exportReadme = `# A ledger of Writ, to be checked by anybody

This folder holds a transparency log and the records that it commits to. It needs nothing else: not the service it came from,
not its database, not even Writ.

| file | what it is |
| --- | --- |
| \`checkpoint\` | the signed head of the log: its name, its size, its root (C2SP tlog-checkpoint) |
| \`tile/\` | the whole log in the layout of C2SP tlog-tiles; \`tile/entries/\` has the leaves |
| \`bodies/\` | the records, a line of JSON each, in the file of the same number as the bundle that has their leaves |
| \`log.vkey\` | the key that verifies the checkpoint; compare it with one that you got by another way |
| \`trust.policy\` | whom to trust, that key to begin with (C2SP tlog-policy) |
| \`manifest.json\` | which records are here: all from \`from\` to before \`to\`, of one \`tenant\` or of all |
| \`SHA256SUMS\` | the sum of every other file |

## Check it

With Writ, everything at once. The exit code is 0 when all holds, 1 when two signed or found statements contradict each other,
2 when something is missing, 3 for a mistake in the command:

    writ audit fsck . --policy trust.policy

With tools that Writ's authors did not write:

    sha256sum --check --quiet SHA256SUMS
    go run github.com/transparency-dev/tessera/cmd/fsck@v1.0.4 --storage_url "file://$PWD/" --public_key log.vkey --ui=false

By hand, for one record: take its line in \`bodies/\`. The leaf at its \`index\` (the entry of that number, counted over all
bundles) has a \`commitment\`. It must be \`sha256:\` and the SHA-256, in hex, of the salt (decoded from base64, 32 bytes)
followed by the text as UTF-8. The text is what was asked, by whom, and what was answered; \`facets\` repeats parts of it.

## What that proves

Nothing in the log was changed, removed or put in since the checkpoint was signed, and each record here is the one that was
sealed. That the log you see is the log that others see needs their checkpoint: compare two with \`writ audit monitor\`.
`
